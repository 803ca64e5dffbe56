package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** P9: a daemon that opens and closes all day leaks no files, threads or memory. */
class EnduranceIT extends InLab {
    private static final int WARM_UP = 15;
    private static final String[] PORTS = {"25565", "25566", "25567", "25568"};

    /** How many openings; each round of two commands is as many as there are ports. */
    private static final int ROUNDS = Integer.getInteger("ajar.rounds", 100);

    /** What a process holds at one moment. */
    private record Held(long files, long threads, long memoryKib) {
        static Held of(Process process) throws IOException {
            Path place = Path.of("/proc/" + process.pid());
            return new Held(
                    count(place.resolve("fd")),
                    count(place.resolve("task")),
                    Files.readAllLines(place.resolve("status")).stream()
                            .filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow());
        }

        private static long count(Path folder) throws IOException {
            try (Stream<Path> all = Files.list(folder)) {
                return all.count();
            }
        }
    }

    private void rounds(int number) {
        for (int i = 0; i < number; i++) {
            String method = new String[] {"upnp", "nat-pmp", "pcp"}[i % 3];
            Outcome opened = ajar(words("open", PORTS, "--method", method));
            assertThat(opened.exitCode()).as(opened.err()).isZero();
            Outcome closed = ajar(words("close", PORTS));
            assertThat(closed.exitCode()).as(closed.err()).isZero();
        }
    }

    private static String[] words(String command, String[] ports, String... options) {
        return Stream.of(Stream.of(command), Stream.of(ports), Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    @Test
    void opening_and_closing_leaves_nothing_behind() throws IOException {
        Lab.script("up", "igd2");
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            Process process = daemon.process();
            rounds(WARM_UP);
            Held before = Held.of(process);

            rounds(ROUNDS / PORTS.length);

            Held after = Held.of(process);
            MeasurementLog.record(
                    "P9",
                    "%d openings through a daemon: files %d to %d, threads %d to %d, memory %d to %d KiB"
                            .formatted(
                                    ROUNDS,
                                    before.files(),
                                    after.files(),
                                    before.threads(),
                                    after.threads(),
                                    before.memoryKib(),
                                    after.memoryKib()));
            assertThat(after.files()).isBetween(before.files() - 4, before.files() + 4);
            assertThat(after.threads()).isBetween(before.threads() - 4, before.threads() + 4);
            // The JIT compiler may still use some; a leak of one connection a round would be far more.
            assertThat(after.memoryKib()).isLessThan(before.memoryKib() + 8192);
        }
        assertThat(Lab.rules()).doesNotContain("25565");
    }
}
