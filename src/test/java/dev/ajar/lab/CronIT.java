package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A real cron runs the shipped line, every minute instead of every twenty, beside the real miniupnpd. */
class CronIT extends InLab {
    private static final Duration LEASE = Duration.ofSeconds(90);

    /** How late a run of cron may be on a busy machine, of the half minute that it has. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final Map<String, String> PORTS = Map.of("25565", "upnp", "25566", "nat-pmp", "25567", "pcp");

    private static void requireCron() {
        boolean there = Shell.run("sh", "-c", "command -v cron unshare").exitCode() == 0;
        String reason = "cron is not installed (see .ci/run)";
        if (!there) {
            System.out.println("SKIPPED the test with a real cron: " + reason);
        }
        if (!there && "true".equals(System.getenv("AJAR_LAB_REQUIRED"))) {
            throw new AssertionError("cron is required here, but " + reason);
        }
        assumeTrue(there, reason);
    }

    /** The shipped line with another interval. Its folder holds what it prints, instead of a mail. */
    private String crontab() throws IOException {
        String line = Files.readAllLines(Path.of("examples/crontab")).stream()
                .filter(text -> text.startsWith("*/20"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("--every 20m");
        Path bin = Path.of(Lab.program()).getParent();
        return """
                PATH=%s:/usr/local/bin:/usr/bin:/bin
                XDG_STATE_HOME=%s
                MAILTO=""
                %s >> %s 2>&1
                """.formatted(
                        bin,
                        stateFolder.resolve("lan1"),
                        line.replace("*/20", "*").replace("--every 20m", "--every 1m"),
                        stateFolder.resolve("mail"));
    }

    /** cron on {@code lan1}, which sees no other table than ours, and whose pid file no other cron sees. */
    private Process cron() throws IOException {
        Path tables = Files.createDirectories(stateFolder.resolve("tables"));
        Path none = Files.createDirectories(stateFolder.resolve("none"));
        Path table = Files.writeString(tables.resolve("root"), crontab());
        Files.setPosixFilePermissions(table, PosixFilePermissions.fromString("rw-------"));
        Path empty = Files.createFile(stateFolder.resolve("empty"));
        Path run = Files.createDirectories(stateFolder.resolve("run"));
        String script = "mount --bind " + tables + " /var/spool/cron/crontabs && mount --bind " + none
                + " /etc/cron.d && mount --bind " + empty + " /etc/crontab && mount --bind " + run
                + " /run && exec cron -f";
        return new ProcessBuilder(Lab.inside("lan1", List.of("unshare", "-m", "sh", "-c", script)))
                .redirectErrorStream(true)
                .redirectOutput(stateFolder.resolve("cron").toFile())
                .start();
    }

    private String told(String file) {
        try {
            return Files.exists(stateFolder.resolve(file)) ? Files.readString(stateFolder.resolve(file)) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * Until the lease ends that the first run grants, at the next full minute: by then the one of the opening has ended
     * too. What is some seconds old is not renewed yet, but by the run after that.
     */
    private static Duration twoEnds(Instant now) {
        long minute = 60 - now.getEpochSecond() % 60;
        return Duration.ofSeconds(minute < 10 ? minute + 60 : minute)
                .plus(LEASE)
                .plus(LATE);
    }

    private static boolean isOpen(String port) {
        return Lab.rules().lines().anyMatch(line -> line.contains("dnat") && line.contains(port));
    }

    @Test
    void cron_keeps_ports_open_across_two_ends_of_their_leases() throws IOException {
        requireCron();
        Lab.script("up", "igd2");
        Lab.script("shortest", "90");
        PORTS.forEach((port, method) -> assertThat(
                        ajar("open", port, "--method", method, "--lease", "90s").exitCode())
                .isZero());
        // Of another state file, which cron does not know.
        assertThat(Lab.ajar("lan1", stateFolder.resolve("other"), "open", "25570", "--lease", "90s")
                        .exitCode())
                .isZero();
        assertThat(Lab.ajar("lan1", stateFolder.resolve("other"), "open", "25571", "--for", "20s", "--method", "upnp")
                        .err())
                .contains("It closes at ");
        Duration twoEnds = twoEnds(Instant.now());
        Process cron = cron();
        try {
            Awaitility.await("two ends of leases")
                    .during(twoEnds)
                    .atMost(twoEnds.plus(Duration.ofMinutes(1)))
                    .pollInterval(Duration.ofMillis(500))
                    .failFast(() -> PORTS.keySet()
                            .forEach(port -> assertThat(isOpen(port))
                                    .as("%s; cron: %s; told: %s", port, told("cron"), told("mail"))
                                    .isTrue()))
                    .until(() -> true);
        } finally {
            cron.descendants().forEach(ProcessHandle::destroy);
            cron.destroy();
        }

        assertThat(isOpen("25570")).as("leases do end here").isFalse();
        assertThat(isOpen("25571")).as("opened for 20 s, without a daemon").isFalse();
        assertThat(told("mail")).as("no mail for a renewal").isEmpty();
        assertThat(Files.readAllLines(stateFolder.resolve("lan1/ajar/renewals.jsonl")))
                .hasSizeGreaterThanOrEqualTo(2);
    }
}
