package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/** The step of the build that keeps BigDecimal out of the start changes no number that Jackson reads. */
@Tag("lab")
class LateBoundsIT {
    private static final Path LIBRARIES =
            Path.of(System.getProperty("ajar.dist", "target/ajar")).resolve("lib");

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Outcome numbers(Path jackson) throws URISyntaxException {
        return numbers(jackson, "-Xlog:disable");
    }

    private static Outcome numbers(Path jackson, String option, String... whole) throws URISyntaxException {
        String classPath = place(NumberSample.class) + File.pathSeparator + jackson;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Shell.run(
                Map.of(),
                Shell.join(
                        List.of(java, "-Xverify:all", option, "-cp", classPath, NumberSample.class.getName()), whole));
    }

    private static Path shipped() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("jackson-core-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void numbers_are_read_as_before() throws Exception {
        Outcome before = numbers(place(JsonParser.class));
        Outcome after = numbers(shipped());

        assertThat(before.out()).as(before.err()).contains("out of range of `int`", "-1.5=-1");
        assertThat(after.out()).as(after.err()).isEqualTo(before.out());
    }

    @Test
    void a_whole_number_needs_no_big_decimal() throws Exception {
        String log = "-Xlog:class+init=info:stderr";

        assertThat(numbers(place(JsonParser.class), log, "7").err()).contains("'java/math/BigDecimal'");
        assertThat(numbers(shipped(), log, "7").err())
                .contains("ParserMinimalBase'")
                .doesNotContain("'java/math/BigDecimal'");
    }
}
