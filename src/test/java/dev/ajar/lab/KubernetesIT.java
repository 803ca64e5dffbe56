package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.TestClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The shipped {@code ajar kubernetes} and a real router, with a simulated API server: not a real cluster. What listens
 * on the node's port is a program of the test in place of kube-proxy.
 */
class KubernetesIT extends InLab {
    private static final int SERVER = 8101;
    private static final int NODE = 30565;

    /** The goal, in MiB. */
    private static final double MOST = 160;

    @Test
    void a_service_gets_its_port_and_loses_it_with_its_end() throws IOException {
        Lab.script("up", "igd2");
        Path config = stateFolder.resolve("kubeconfig");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                clusters: [{ name: lab, cluster: { server: "http://127.0.0.1:%d" } }]
                contexts: [{ name: lab, context: { cluster: lab, namespace: ajar, user: lab } }]
                users: [{ name: lab, user: {} }]
                current-context: lab
                """.formatted(SERVER));
        Map<String, String> environment = Map.of("KUBECONFIG", config.toString(), "POD_NAME", "ajar-lab");
        try (LabProcess server =
                        LabProcess.program("lan1", Map.of(), apiServer()).await("ready", SOON);
                LabProcess ajar = LabProcess.start("lan1", stateFolder, environment, "kubernetes")) {
            String rule = "dport 25565 dnat ip to " + Lab.LAN1 + ":" + NODE;
            LabProcess.until(() -> Lab.rules().contains(rule), SOON, ajar.output());
            assertThat(Lab.throughOpenPort("tcp", 25565, NODE)).startsWith("got hello");
            double memory = ProcessMemory.mebibytes(ajar.process());

            enter(server);
            LabProcess.until(() -> !Lab.rules().contains("25565"), SOON, ajar.output());
            ajar.signal("TERM");
            assertThat(ajar.end(END)).as(ajar.output()).isZero();

            MeasurementLog.record("kubernetes-memory", "%.1f MiB with one Service".formatted(memory));
            assertThat(memory).isLessThanOrEqualTo(MOST);
        }
    }

    private static List<String> apiServer() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestClassPath.get(),
                ApiServerPeer.class.getName(),
                Integer.toString(SERVER),
                "25565",
                Integer.toString(NODE));
    }

    private static void enter(LabProcess program) {
        try {
            program.process().getOutputStream().write("\n".getBytes(StandardCharsets.US_ASCII));
            program.process().getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
