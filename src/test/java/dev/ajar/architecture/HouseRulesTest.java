package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/contributing.md that a compiler does not know. */
class HouseRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final int WIDTH = 120;
    private static final Pattern BRAND = Pattern.compile(
            "fritz|avm\\b|tp-?link|netgear|linksys|d-?link|asus|mikrotik|huawei|zyxel|technicolor|sagemcom|livebox|"
                    + "arris|actiontec|comcast|broadcom|openwrt|pfsense|unifi|totolink|draytek|thomson|speedtouch|xiaomi|"
                    + "keenetic|x-ndm|jnap|freebox|x-fbx",
            Pattern.CASE_INSENSITIVE);

    /** Words of a URL or an issue reference say where something was seen; they are not code. */
    private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|//|/\\*).*");

    private static List<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void no_file_is_longer_than_a_reader_can_hold() throws IOException {
        for (String root : List.of("src/main/java", "src/test/java")) {
            for (Path file : sources(root)) {
                assertThat(Files.readAllLines(file)).as("lines of %s", file).hasSizeLessThanOrEqualTo(LONGEST_FILE);
            }
        }
    }

    /** The formatter breaks code there and leaves comments as they are. */
    @Test
    void comments_are_as_wide_as_code() throws IOException {
        for (String root : List.of("src/main/java", "src/test/java", "src/build")) {
            for (Path file : sources(root)) {
                assertThat(Files.readAllLines(file))
                        .filteredOn(line -> COMMENT.matcher(line).matches())
                        .as("comments of %s", file)
                        .allMatch(line -> line.length() <= WIDTH);
            }
        }
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        for (Path file : sources("src/main/java")) {
            Path said = file.resolveSibling("package-info.java");
            assertThat(said).exists();
            assertThat(Files.readString(said)).as("%s", said).startsWith("/**").contains("@NullMarked");
        }
    }

    @Test
    void no_code_names_a_brand() throws IOException {
        for (Path file : sources("src/main/java")) {
            List<String> code = Files.readAllLines(file).stream()
                    .filter(line -> !COMMENT.matcher(line).matches())
                    .toList();
            for (String line : code) {
                assertThat(BRAND.matcher(line).find()).as("%s: %s", file, line).isFalse();
            }
        }
    }

    @Test
    void tests_do_not_sleep_and_are_not_switched_off() throws IOException {
        String self = HouseRulesTest.class.getSimpleName();
        for (Path file : sources("src/test/java")) {
            if (!file.toString().contains(self)) {
                String text = Files.readString(file);
                assertThat(text).as("%s", file).doesNotContain("Thread.sleep", "@Disabled", "org.mockito");
            }
        }
    }
}
