package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A tag that pom.xml does not name would run in {@code mvn test}; one that no class has would run nothing. */
class TagsTest {
    private static final Pattern TAG = Pattern.compile("(?m)^@Tag\\(\"([a-z]+)\"\\)");
    private static final Pattern ON_A_METHOD = Pattern.compile("(?m)^\\s+@Tag\\(");
    private static final Pattern SLOW = Pattern.compile("<slow.tags>(.*)</slow.tags>");

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void pom_and_page_name_the_tags_there_are() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : tests()) {
            used.addAll(all(TAG, file));
        }

        assertThat(all(SLOW, Path.of("pom.xml")).getFirst().split(" \\| ")).containsExactlyInAnyOrderElementsOf(used);
        String page = Files.readString(Path.of("docs/testing.md"));
        assertThat(used).allSatisfy(tag -> assertThat(page).contains("\n| `" + tag + "` |"));
    }

    /** {@code .ci/minutes} tells the tag from the class. */
    @Test
    void a_class_has_one_tag_and_its_methods_have_none() throws IOException {
        for (Path file : tests()) {
            assertThat(all(TAG, file)).as("%s", file).hasSizeLessThanOrEqualTo(1);
            assertThat(ON_A_METHOD.matcher(Files.readString(file)).find())
                    .as("%s", file)
                    .isFalse();
        }
    }

    @Test
    void every_test_with_fuzzed_input_is_tagged_so() throws IOException {
        for (Path file : tests()) {
            boolean fuzzes = Files.readString(file).contains("\n    @FuzzTest");
            assertThat(all(TAG, file).contains("fuzz")).as("%s", file).isEqualTo(fuzzes);
        }
    }
}
