package dev.ajar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/testing.md that says which test holds what new users met. */
class NewcomersTableTest {
    private static final int FINDINGS = 48;
    private static final Pattern TEST = Pattern.compile("`(?:([A-Z]\\w+)\\.)?(…?[a-z_0-9]\\w*…?|[A-Z]\\w+|…\\w+…?)`");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static List<String> rows() throws IOException {
        String page = Files.readString(Path.of("docs/testing.md"));
        String chapter = page.substring(page.indexOf("## What newcomers met"));
        return chapter.substring(0, chapter.indexOf("\nNot as they asked"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| met "))
                .toList();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> all = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString();
                all.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return all;
    }

    @Test
    void each_finding_has_a_test_that_exists() throws IOException {
        Map<String, String> sources = sources();
        Set<Integer> held = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            String[] cells = row.split(" \\| ", -1);
            String finding = cells[0].substring(1);
            // Numbers stand before their words: "3, 5 doctor, check ...; 16 an end without its date".
            Stream.of(finding.split(";", -1)).forEach(part -> {
                Matcher numbers = NUMBER.matcher(part.strip().replaceAll("(?s)^((?:\\d+,? ?)*).*", "$1"));
                while (numbers.find()) {
                    held.add(Integer.parseInt(numbers.group()));
                }
            });
            String last = "";
            Matcher test = TEST.matcher(cells[1]);
            boolean any = false;
            while (test.find()) {
                boolean isClass = test.group(1) == null
                        && Character.isUpperCase(test.group(2).charAt(0));
                last = isClass ? test.group(2) : test.group(1) == null ? last : test.group(1);
                String method = isClass ? "" : test.group(2).replace("…", "");
                any = true;
                if (!sources.getOrDefault(last, "").contains(isClass ? "class " + last : " " + method)
                        && !sources.getOrDefault(last, "").contains(method + "(")) {
                    missing.add(test.group());
                }
            }
            assertThat(any).as(row).isTrue();
        }
        assertThat(missing).isEmpty();
        assertThat(held).containsAll(IntStream.rangeClosed(1, FINDINGS).boxed().toList());
    }
}
