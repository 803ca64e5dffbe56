package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive, unpacked in another folder, on a machine without Java. Only commands that do not use the network. */
@Tag("lab")
class DistributionIT {
    private static final Path ARCHIVE =
            Path.of(System.getProperty("ajar.archive", "")).toAbsolutePath();

    @TempDir
    Path temporary = Path.of(".");

    private Path home = Path.of(".");

    @BeforeEach
    void unpack() throws IOException {
        Path target = Files.createDirectories(temporary.resolve("a folder with spaces"));
        assertThat(Shell.run("tar", "-xzf", ARCHIVE.toString(), "-C", target.toString())
                        .exitCode())
                .isZero();
        try (var folders = Files.list(target)) {
            home = folders.findFirst().orElseThrow();
        }
    }

    /** With an environment in which no Java is to be found. */
    private static Outcome run(Path program, String... arguments) {
        return run("", program, arguments);
    }

    /** The same by a shell of this machine. */
    private static Outcome run(String shell, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent"));
        Stream.of(shell.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
        command.add(program.toString());
        return Shell.run(Map.of(), Shell.join(command, arguments));
    }

    private Path program() {
        return home.resolve("bin/ajar");
    }

    /**
     * What {@code /bin/sh} is: dash on Debian, on macOS bash in POSIX mode, dash or zsh, and busybox on small systems;
     * and zsh itself, as a user of macOS may call the script.
     */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "zsh --emulate sh", "zsh", "busybox sh"})
    void it_runs_from_anywhere_through_links_and_spaces(String shell) throws IOException {
        RealPrograms.require("/usr/bin/" + shell.split(" ", 2)[0]);
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("ajar"), program());
        Path linkToLink = Files.createSymbolicLink(bin.resolve("open-sesame"), Path.of("ajar"));

        for (Path path : List.of(program(), link, linkToLink)) {
            Outcome outcome = run(shell, path, "--version");
            assertThat(outcome.out()).as(outcome.err()).matches("ajar \\d+\\.\\d+\\.\\d+\n");
            assertThat(outcome.err()).isEmpty();
        }
        // With the options of what stays, which the shell has to split at blanks.
        assertThat(run(shell, link, "daemon", "--config", "/no/such.toml").exitCode())
                .isEqualTo(78);
    }

    @Test
    void the_demo_tells_a_true_story() {
        Outcome outcome = run(program(), "demo");
        // It looks for its router as long as any command does; a machine too busy for that is given two more tries.
        for (int again = 0; again < 2 && outcome.exitCode() != 0; again++) {
            outcome = run(program(), "demo");
        }

        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out()).contains("the server says: welcome, friend").doesNotContain("NOT SO");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void the_cache_is_used_where_the_archive_was_unpacked() {
        Outcome outcome = Shell.run(
                Map.of("AJAR_JAVA_OPTS", "-XX:AOTMode=on"), List.of(program().toString(), "open", "nonsense"));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("ajar: ");
    }

    /** The JVM's complaints about a cache that does not fit must not get into what programs read. */
    @Test
    void a_stale_cache_leaves_stdout_clean() throws IOException {
        Files.setLastModifiedTime(home.resolve("lib/ajar.jar"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        Outcome outcome = run(program(), "open", "nonsense", "--json");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).startsWith("{\"schema\":1,").hasLineCount(1);
    }

    @Test
    void a_runtime_for_another_machine_is_told_in_a_line() throws IOException {
        Files.delete(home.resolve("runtime/bin/java"));

        Outcome outcome = run(program(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("runtime").hasLineCount(1);
    }

    @Test
    void a_daemon_without_its_configuration_says_which_file_it_missed() {
        Outcome outcome = Shell.run(
                Map.of("XDG_STATE_HOME", temporary.resolve("state").toString()),
                List.of(program().toString(), "daemon", "--config", "/no/such.toml"));

        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.err()).contains("there is no file /no/such.toml", "ajar config check");
    }
}
