package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The archive for Linux on arm64, whose processor is emulated by qemu, on the laboratory's LAN. Skipped without
 * {@code -Dajar.arm64=DIR}, made by {@code test-fixtures/arm64/qemu.sh build DIR} (docs/testing.md).
 */
class Arm64IT extends InLab {
    private static final String FOLDER = System.getProperty("ajar.arm64", "");
    private static final String SCRIPT = "test-fixtures/arm64/qemu.sh";

    @BeforeAll
    static void requireQemu() {
        if (FOLDER.isEmpty()) {
            System.out.println(
                    "SKIPPED the tests of the archive for arm64: they need -Dajar.arm64=DIR (docs/testing.md)");
        }
        assumeTrue(!FOLDER.isEmpty(), "-Dajar.arm64=DIR is not set");
        for (String command : List.of("pack", "check")) {
            Outcome done = Shell.run("sh", SCRIPT, command, FOLDER);
            assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        }
        Lab.script("up", "igd2");
    }

    private String works(String... words) {
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", stateFolder.toString(), "XDG_CACHE_HOME", FOLDER + "/cache");
        Outcome outcome =
                Shell.run(environment, Lab.inside("lan1", Shell.join(List.of("sh", SCRIPT, "ajar", FOLDER), words)));
        assertThat(outcome.exitCode())
                .as("%s: %s%s", List.of(words), outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    @Test
    void its_runtime_and_its_native_library_are_those_of_the_processor() throws IOException {
        byte[] java = Files.readAllBytes(Path.of(FOLDER, "ajar/runtime/bin/java.arm64"));
        // e_machine of an ELF file, little-endian: EM_AARCH64.
        assertThat((java[18] & 0xff) | (java[19] & 0xff) << 8).isEqualTo(183);
        try (var jars = Files.list(Path.of(FOLDER, "ajar/lib/relay"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(name -> name.contains("-linux-")))
                    .isNotEmpty()
                    .allMatch(name -> name.endsWith("-linux-aarch_64.jar"));
        }
        assertThat(works("version")).startsWith("ajar ");
    }

    @Test
    void the_demonstration_works() {
        assertThat(works("demo")).contains("welcome, friend").doesNotContain("NOT SO");
    }

    @Test
    void a_port_is_opened_by_pcp_and_closed() {
        assertThat(works("open", "25565", "--method", "pcp", "--timeout", "60s"))
                .contains(Lab.WAN + ":25565", "PCP");
        assertThat(Lab.rules()).contains("dnat ip to " + Lab.LAN1 + ":25565");
        assertThat(works("close", "25565", "--timeout", "60s")).contains("closed");
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void a_relay_with_the_native_library_brings_the_bytes_of_a_device() {
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", stateFolder.toString(), "XDG_CACHE_HOME", FOLDER + "/cache");
        List<String> relay = List.of("sh", SCRIPT, "ajar", FOLDER, "relay", "7001:" + Lab.LAN2 + ":7000", "--no-map");
        try (LabProcess device = LabProcess.program("lan2", Map.of(), Lab.peer("serve", "tcp", "7000"));
                LabProcess relaying = LabProcess.program("lan1", environment, relay)) {
            device.await("ready", SOON);
            relaying.await("relay  tcp 7001", SOON);
            Outcome asked = Lab.in(
                    "lan2",
                    Lab.peer("ask", "tcp", Lab.LAN1, "7001", "hello", "30000").toArray(String[]::new));
            assertThat(asked.out()).as(relaying.output()).contains("hello");
        }
    }
}
