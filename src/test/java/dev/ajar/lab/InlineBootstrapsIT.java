package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step of the build that makes the distribution's classes cheaper to start changes no result. */
@Tag("lab")
class InlineBootstrapsIT {
    private static final Path STEP = Path.of("target/start");

    @TempDir
    Path temporary = Path.of(".");

    private static Outcome java(Path classPath, String... arguments) {
        String all = classPath
                + File.pathSeparator
                + STEP.resolve("program")
                + File.pathSeparator
                + STEP.resolve("lib").resolve("*");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Shell.run(Map.of(), Shell.join(List.of(java, "-Xverify:all", "-cp", all), arguments));
    }

    private Path copy() throws IOException {
        Path classes = Path.of("target/test-classes");
        Path folder = Files.createDirectories(temporary.resolve("dev/ajar/lab"));
        try (var files = Files.list(classes.resolve("dev/ajar/lab"))) {
            for (Path file : (Iterable<Path>)
                    files.filter(each -> each.getFileName().toString().startsWith("StartSample"))::iterator) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        return folder;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void switches_and_records_answer_as_before() throws IOException {
        Path folder = copy();
        Outcome before = java(temporary, StartSample.class.getName());

        Outcome step = java(temporary, "InlineBootstraps", temporary.toString());
        Outcome after = java(temporary, StartSample.class.getName());

        assertThat(step.out()).as(step.err()).startsWith("start: ");
        assertThat(before.out()).as(before.err()).contains("large", "five", "null is refused");
        assertThat(after.out()).as(after.err()).isEqualTo(before.out());
        assertThat(text(folder.resolve("StartSample$Judge.class"))).doesNotContain("SwitchBootstraps");
        // A switch with a constant among its labels is left to Java.
        assertThat(text(folder.resolve("StartSample.class"))).contains("SwitchBootstraps");
    }

    @Test
    void the_distribution_has_changed_classes() {
        Outcome listing = Shell.run(
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "javap").toString(),
                        "-p",
                        "-cp",
                        Path.of(System.getProperty("ajar.dist", "target/ajar"), "lib", "ajar.jar")
                                .toString(),
                        "dev.ajar.model.Result"));

        assertThat(listing.out()).as(listing.err()).contains("$typeSwitch0(");
    }
}
