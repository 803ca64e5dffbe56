package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The archive for any system, on a Java of the machine. Nothing here uses the network. */
@Tag("lab")
class AnyArchiveIT extends PackedArchive {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void the_archive_for_any_system_runs_on_a_java_of_the_machine() throws IOException {
        Path home = any();
        Outcome outcome = run(home, Path.of(System.getProperty("java.home")), "version");
        assertThat(outcome.out()).as(outcome.err()).matches("ajar \\d+\\.\\d+\\.\\d+\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(home.resolve("runtime")).doesNotExist();
    }

    /** Not by the command, whose user waits, but by a process after it, one at a time, which leaves nothing behind. */
    @Test
    void the_first_start_has_an_archive_of_classes_made_in_the_background() throws IOException {
        Path home = any();
        Path java = Path.of(System.getProperty("java.home"));
        cache = temporary.resolve("a cache").toString();
        Path folder = Files.createDirectories(Path.of(cache, "ajar"));
        Path lock = Files.createFile(folder.resolve("classes.lock"));
        String classPath = Shell.run("sh", "-c", "printf '%s:' \"$1\"/lib/*.jar", "sh", home.toString())
                .out();
        Outcome second = Shell.run(
                "python3",
                "-c",
                "import fcntl, subprocess, sys; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
                        + " sys.exit(subprocess.call(sys.argv[2:]))",
                lock.toString(),
                java.resolve("bin/java").toString(),
                "-cp",
                classPath,
                "dev.ajar.app.ArchiveMaker",
                folder.resolve("classes.jsa").toString());
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(folder).as("while another makes it").isDirectoryContaining(lock::equals);
        assertThat(folder.resolve("classes.jsa")).doesNotExist();
        Files.delete(lock);

        Outcome first = run(home, java, "--help");
        assertThat(first.err()).isEmpty();
        LabProcess.until(() -> Files.exists(folder.resolve("classes.txt")), SOON, "the archive is made");
        LabProcess.until(() -> names(folder).size() == 3, SOON, "its process is done");
        assertThat(names(folder)).containsExactlyInAnyOrder("classes.jsa", "classes.lock", "classes.txt");

        Path log = temporary.resolve("classes.log");
        assertThat(Shell.run(
                                Map.of(
                                        "XDG_CACHE_HOME",
                                        cache,
                                        "JAVA_HOME",
                                        java.toString(),
                                        "AJAR_JAVA_OPTS",
                                        "-Xlog:class+load:file=" + log),
                                List.of(home.resolve("bin/ajar").toString(), "presets", "list"))
                        .err())
                .isEmpty();
        assertThat(Files.readString(log)).containsPattern("dev\\.ajar\\.app\\.Main source: shared objects file");
    }

    private static List<String> names(Path folder) {
        return List.of(String.valueOf(Shell.run("ls", folder.toString()).out()).split("\n"));
    }

    @Test
    void an_old_java_is_told_in_one_sentence() throws IOException {
        Path home = any();

        for (String version : List.of("17.0.15", "1.8.0_412", "20", "9-ea")) {
            Outcome outcome = run(home, java(version), "version");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .hasLineCount(1)
                    .contains("needs Java 21 or newer", version, "JAVA_HOME")
                    .doesNotContain("Exception");
        }
        Path told = java("25.0.1");
        Files.writeString(told.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.15\"\nOS_NAME=\"Linux\"\n");
        assertThat(run(home, told, "version").err()).as("not started for it").contains("17.0.15");
    }
}
