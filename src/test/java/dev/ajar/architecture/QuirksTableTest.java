package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/router-quirks.md says of every known quirk what ajar does, and names tests that there are. */
class QuirksTableTest {
    private static final Path TABLE = Path.of("docs/router-quirks.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Z]\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|(.*)\\|");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

    /** How many entries each section of the catalogue has. */
    private static final Map<String, Integer> SECTIONS = Map.ofEntries(
            Map.entry("S", 24),
            Map.entry("D", 20),
            Map.entry("H", 23),
            Map.entry("A", 15),
            Map.entry("E", 26),
            Map.entry("V", 11),
            Map.entry("W", 10),
            Map.entry("F", 12),
            Map.entry("N", 20),
            Map.entry("P", 17),
            Map.entry("L", 11),
            Map.entry("J", 10));

    private record Row(String id, String decision, String shownBy, String remark) {
        List<String> tests() {
            List<String> tests = new ArrayList<>();
            Matcher matcher = NAMED.matcher(shownBy);
            while (matcher.find()) {
                tests.add(matcher.group(1));
            }
            return tests;
        }
    }

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher match = ROW.matcher(line);
            if (match.matches()) {
                Row row = new Row(
                        match.group(1),
                        match.group(3).strip(),
                        match.group(4),
                        match.group(5).strip());
                assertThat(rows.put(row.id(), row))
                        .as("second row of %s", row.id())
                        .isNull();
            }
        }
        return rows;
    }

    private static Set<String> ids() {
        return SECTIONS.entrySet().stream()
                .flatMap(section -> IntStream.rangeClosed(1, section.getValue())
                        .mapToObj(i -> "%s%02d".formatted(section.getKey(), i)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_quirk_has_its_row() throws IOException {
        assertThat(new TreeSet<>(rows().keySet())).isEqualTo(ids());
    }

    @Test
    void every_row_says_what_is_done_and_what_shows_it_or_why_not() throws IOException {
        for (Row row : rows().values()) {
            assertThat(row.decision()).as(row.id()).isIn("done", "not applicable", "later");
            if (row.decision().equals("done")) {
                assertThat(row.tests()).as("tests of %s", row.id()).isNotEmpty();
            } else {
                assertThat(row.remark()).as("reason of %s", row.id()).isNotEmpty();
            }
        }
    }

    @Test
    void every_test_named_exists() throws IOException {
        Set<String> methods = testMethods();
        for (Row row : rows().values()) {
            for (String test : row.tests()) {
                boolean exists = test.startsWith("gateways/")
                        ? Files.exists(Path.of("test-fixtures", test + ".json"))
                        : test.startsWith("routers/")
                                ? Files.isDirectory(Path.of("test-fixtures", test))
                                : methods.contains(test);
                assertThat(exists).as("%s, named in %s", test, row.id()).isTrue();
            }
        }
    }

    /** What a scripted gateway claims to show is in the table. */
    @Test
    void every_scripted_gateway_shows_something_known() throws IOException {
        Set<String> known = ids();
        Pattern shows = Pattern.compile("\"shows\":\\s*\\[([^\\]]*)\\]");
        try (Stream<Path> files = Files.list(Path.of("test-fixtures/gateways"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Matcher match = shows.matcher(Files.readString(file));
                assertThat(match.find()).as("%s", file).isTrue();
                for (String id : match.group(1).split(",")) {
                    String name = id.strip().replace("\"", "");
                    assertThat(known.contains(name) || name.matches("hostility \\d{1,2}"))
                            .as("%s in %s", name, file)
                            .isTrue();
                }
            }
        }
    }

    private static Set<String> testMethods() throws IOException {
        Pattern method = Pattern.compile("\\b(?:void|Stream<DynamicTest>) (\\w+)\\(");
        Set<String> methods = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String type = String.valueOf(file.getFileName()).replace(".java", "");
                Matcher matcher = method.matcher(Files.readString(file));
                while (matcher.find()) {
                    methods.add(type + "." + matcher.group(1));
                }
            }
        }
        return methods;
    }
}
