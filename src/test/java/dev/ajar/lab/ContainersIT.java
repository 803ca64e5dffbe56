package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers of real engines ask a real router for ports, and a friend on the internet gets their bytes. */
class ContainersIT extends InLab {
    private static boolean leadsTo(int external, int here) {
        return Lab.rules().contains("dport " + external + " dnat ip to " + Lab.LAN1 + ":" + here);
    }

    private static boolean isOpen(int external) {
        return Lab.rules().contains("dport " + external + " ");
    }

    private static Duration until(BooleanSupplier condition, LabProcess ajar) {
        return LabProcess.until(condition, SOON, "rules " + Lab.rules() + " after " + ajar.output());
    }

    private static String friend(int port) {
        return Lab.in(
                        "internet",
                        Lab.peer("ask", "tcp", Lab.WAN, Integer.toString(port), "GET / HTTP/1.0\r\n\r\n")
                                .toArray(String[]::new))
                .out();
    }

    private LabProcess containers(LabEngine engine) {
        return LabProcess.start("lan1", stateFolder, Map.of(), "containers", "--engine", engine.address())
                .await("watching", SOON);
    }

    @ParameterizedTest
    @EnumSource(LabEngine.Kind.class)
    void ports_follow_containers(LabEngine.Kind kind) {
        Lab.script("up", "igd2");
        Lab.in("lan2", "upnpc", "-a", Lab.LAN2, "7000", "7000", "tcp");
        assertThat(Lab.rules()).contains("dport 7000 dnat ip to " + Lab.LAN2);
        try (LabEngine engine = LabEngine.start(kind)) {
            try (LabProcess ajar = containers(engine)) {
                engine.serve("web", 80, "-p", "8080:80", "--label", "ajar.open=8000:80");
                Duration open = until(() -> leadsTo(8000, 8080), ajar);
                until(() -> friend(8000).contains("hello from a container"), ajar);

                engine.serve("own", 8095, "--network", "host", "--label", "ajar.open=8095");
                until(() -> leadsTo(8095, 8095), ajar);
                until(() -> friend(8095).contains("hello from a container"), ajar);

                // The same with another label, as after a change of a compose file.
                engine.tell("rm", "-f", "own");
                engine.serve("own", 8095, "--network", "host", "--label", "ajar.open=8096:8095");
                until(() -> leadsTo(8096, 8095) && !leadsTo(8095, 8095), ajar);

                // A neighbour's port, and one that nothing publishes.
                engine.serve("rival", 80, "-p", "7000:80", "--label", "ajar.open=7000");
                engine.serve("shy", 80, "--label", "ajar.open=9000:80");
                engine.serve("inside", 80, "--label", "ajar.open=8600:80", "--label", "ajar.relay=true");
                ajar.await("container shy: tcp 9000 is not opened: the container does not publish it", SOON);
                ajar.await("not open  tcp 7000", SOON);
                ajar.await("container inside asks for tcp 8600, which is relayed to", SOON);
                until(() -> friend(8600).contains("hello from a container"), ajar);

                engine.tell("kill", "web");
                Duration closed = until(() -> !isOpen(8000), ajar);
                System.out.println(kind + ": opened " + open.toMillis() + " ms after the start, closed "
                        + closed.toMillis() + " ms after the end");
                engine.tell("start", "web");
                until(() -> leadsTo(8000, 8080), ajar);
                engine.tell("rename", "web", "site");
                ajar.await("container site asks for tcp 8000", SOON);
                assertThat(leadsTo(8000, 8080)).isTrue();
                assertThat(ajar("watch", "--json", "--once").out()).contains("\"container\":\"site\"");

                ajar.signal("KILL");
                ajar.end(END);
            }
            assertThat(leadsTo(8000, 8080)).as("ajar was killed").isTrue();
            assertThat(isOpen(8600)).as("ajar was killed").isTrue();
            engine.tell("kill", "own");
            try (LabProcess ajar = containers(engine)) {
                until(() -> !isOpen(8096), ajar);
                assertThat(leadsTo(8000, 8080)).as("its container runs on").isTrue();
                until(() -> friend(8600).contains("hello from a container"), ajar);
                assertThat(ajar.output())
                        .doesNotContainPattern("closed +tcp 8600")
                        .contains("which is relayed to");
                engine.tell("kill", "inside");
                until(() -> !isOpen(8600), ajar);

                engine.end(kind == LabEngine.Kind.DOCKER);
                if (kind == LabEngine.Kind.DOCKER) {
                    // Its containers end with it, untold: they count as gone after a while.
                    until(() -> !isOpen(8000), ajar);
                    engine.begin();
                    engine.tell("start", "site");
                } else {
                    // Its containers are no children of its server.
                    ajar.await("no answer", SOON);
                    assertThat(leadsTo(8000, 8080)).isTrue();
                    engine.begin();
                }
                ajar.await("answers again", SOON);
                until(() -> leadsTo(8000, 8080), ajar);
                until(() -> friend(8000).contains("hello from a container"), ajar);
                assertThat(Lab.rules()).contains("dport 7000 dnat ip to " + Lab.LAN2);

                ajar.signal("TERM");
                assertThat(ajar.end(END)).isZero();
            }
            assertThat(isOpen(8000)).isFalse();
            assertThat(Lab.rules()).as("a neighbour's rule").contains("dport 7000 dnat ip to " + Lab.LAN2);
        }
    }

    /** What watching an engine costs, beside a daemon with as many ports, in MiB. */
    private static final double MORE = 10;

    @Test
    void watching_an_engine_takes_little_more_memory_than_a_daemon_without() {
        Lab.script("up", "igd2");
        double daemon;
        try (LabProcess ajar =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            assertThat(ajar("open", "8001", "8002").exitCode()).isZero();
            daemon = ProcessMemory.mebibytes(ajar.process());
            ajar.signal("TERM");
            assertThat(ajar.end(END)).isZero();
        }
        try (LabEngine engine = LabEngine.start(LabEngine.Kind.DOCKER);
                LabProcess ajar = containers(engine)) {
            engine.serve("one", 80, "-p", "8081:80", "--label", "ajar.open=8003:80");
            engine.serve("two", 80, "-p", "8082:80", "--label", "ajar.open=8004:80");
            until(() -> leadsTo(8003, 8081) && leadsTo(8004, 8082), ajar);
            double watching = ProcessMemory.mebibytes(ajar.process());
            MeasurementLog.record(
                    "containers-memory",
                    "%.1f MiB with two ports, %.1f MiB with two containers that ask for them"
                            .formatted(daemon, watching));
            assertThat(watching - daemon).isLessThanOrEqualTo(MORE);
        }
    }

    /** The label stands on the service: its containers have none. */
    @Test
    void ports_follow_services_of_a_swarm() {
        Lab.script("up", "igd2");
        try (LabEngine engine = LabEngine.start(LabEngine.Kind.DOCKER)) {
            engine.tell("swarm", "init", "--advertise-addr", Lab.LAN1);
            try (LabProcess ajar = containers(engine)) {
                engine.service(
                        "shop", 80, "--label", "ajar.open=8300:80", "--publish", "published=8301,target=80,mode=host");
                until(() -> leadsTo(8300, 8301), ajar);
                until(() -> friend(8300).contains("hello from a container"), ajar);
                engine.tell("service", "update", "--detach", "--label-add", "ajar.open=8400:80", "shop");
                until(() -> leadsTo(8400, 8301) && !isOpen(8300), ajar);
                engine.service("mesh", 80, "--label", "ajar.open=8500", "--publish", "published=8500,target=80");
                // The rule alone: the ingress passes bytes only where the kernel has IPVS.
                until(() -> leadsTo(8500, 8500), ajar);
                engine.tell("service", "rm", "shop");
                until(() -> !isOpen(8400), ajar);
            }
            engine.does("swarm", "leave", "--force");
        }
    }
}
