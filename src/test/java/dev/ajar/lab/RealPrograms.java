package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Real servers at home, and a friend on the internet host who does with them what friends do. */
abstract class RealPrograms extends InLab {
    private static final String FRIEND = "test-fixtures/lab/friend.py";

    /** Skips where a program is not installed, and fails there in CI, which installs it. */
    static void require(String... files) {
        List<String> missing = Arrays.stream(files)
                .filter(file -> !Files.exists(Path.of(file)))
                .toList();
        if (!missing.isEmpty()) {
            System.out.println("SKIPPED a test with a real program: " + missing + " not installed (see .ci/run)");
            assertThat(System.getenv("AJAR_LAB_REQUIRED"))
                    .as(missing + " required here")
                    .isNotEqualTo("true");
        }
        assumeTrue(missing.isEmpty(), missing + " not installed");
    }

    /** A server on lan1 under {@code ajar run}. */
    final LabProcess running(String open, List<String> options, String... server) {
        List<String> command = new ArrayList<>(List.of("run", "--require", "--verbose", "--open", open));
        command.addAll(options);
        command.add("--");
        command.addAll(Arrays.asList(server));
        return LabProcess.start("lan1", stateFolder, Map.of(), command.toArray(String[]::new));
    }

    /** The command line of what a friend does. */
    static String[] deed(String... deed) {
        return Shell.join(List.of("python3", FRIEND), deed).toArray(String[]::new);
    }

    static Shell.Outcome friend(String... deed) {
        return Lab.in("internet", deed(deed));
    }

    /** What the friend gets, once the server is up. */
    static void friendGets(LabProcess server, String expected, String... deed) {
        LabProcess.until(
                () -> friend(deed).out().strip().equals(expected),
                SOON,
                expected + ": " + server.output() + friend(deed).err());
    }

    /** After the end of the server the router leads nowhere. */
    static void end(LabProcess server, String... deed) {
        server.signal("TERM");
        server.end(SOON);
        assertThat(friend(deed).exitCode()).isNotZero();
        assertThat(Lab.rules()).doesNotContain("dnat ip to " + Lab.LAN1);
    }

    final Path file(String name, String text) throws IOException {
        return Files.writeString(stateFolder.resolve(name), text);
    }
}
