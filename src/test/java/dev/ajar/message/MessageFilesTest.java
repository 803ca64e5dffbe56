package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the message files with the code that uses their keys: no sentence is missing or unused, and its placeholders
 * match the values in the code. Keys are whole literals in the code, so that a search finds them.
 */
class MessageFilesTest {
    private static final Path FILES = Path.of("src/main/resources/messages");
    private static final Path CODE = Path.of("src/main/java");
    private static final Path PAGE = Path.of("src/main/resources/web");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern VARIANT = Pattern.compile("\\.(one|few|many|other|windows)$");
    private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|(?m)^\\s*//.*$");

    private static final Set<String> OF_PROFILES =
            Set.of(ProfileText.AREA, ProfileText.ROUTER_AREA, ProfileText.PURPOSE_AREA);

    /** A key in a file. */
    private static final Pattern KEY = Pattern.compile("(?m)^[a-z][A-Za-z0-9.-]*=");

    /** A key in the code. */
    private static final Pattern NAMED = Pattern.compile("\"([a-z]+\\.[a-z0-9.-]+)\"");

    /** The name of a value behind a key. */
    private static final Pattern NAME = Pattern.compile("\\s*,\\s*\"([A-Za-z]+)\"\\s*,");

    @Test
    void every_sentence_is_used_and_every_key_has_a_sentence() throws IOException {
        Map<String, String> sentences = sentences();
        Set<String> keys = new TreeSet<>();
        sentences.keySet().stream()
                // ProfileTextTest compares these with the profiles.
                .filter(key -> OF_PROFILES.stream().noneMatch(area -> key.startsWith(area + ".")))
                .forEach(key -> keys.add(VARIANT.matcher(key).replaceAll("")));
        Set<String> areas = new TreeSet<>();
        keys.forEach(key -> areas.add(key.substring(0, key.indexOf('.'))));
        Set<String> used = new TreeSet<>();
        for (String code : code()) {
            NAMED.matcher(code).results().map(found -> found.group(1)).forEach(key -> {
                if (keys.contains(key) || (isCall(code, key) && areas.contains(key.substring(0, key.indexOf('.'))))) {
                    used.add(key);
                }
            });
        }

        assertThat(used).containsExactlyElementsOf(keys);
    }

    /** The second one would win, and the first one's place in the code would say something else. */
    @Test
    void no_key_stands_twice() throws IOException {
        List<String> twice = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Set<String> seen = new TreeSet<>();
                KEY.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(key -> {
                            if (!seen.add(key)) {
                                twice.add(file + ": " + key);
                            }
                        });
            }
        }
        assertThat(twice).isEmpty();
    }

    @Test
    void a_sentence_names_the_values_the_code_fills_in() throws IOException {
        Map<String, String> sentences = sentences();
        List<String> wrong = new ArrayList<>();
        for (String code : code()) {
            NAMED.matcher(code).results().forEach(found -> {
                Set<String> names = names(code, found);
                variants(sentences, found.group(1)).forEach(sentence -> {
                    Set<String> placeholders = placeholders(sentence);
                    Set<String> needed = new TreeSet<>(names);
                    needed.remove("count");
                    placeholders.remove("count");
                    if (isCall(code, found.group(1)) && !placeholders.equals(needed)) {
                        wrong.add(found.group(1) + ": the sentence names " + placeholders + ", the code " + needed);
                    }
                });
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void a_file_holds_its_own_area_in_plain_sentences() throws IOException {
        for (Path file : files()) {
            String area = String.valueOf(file.getFileName()).replace(".properties", "");
            Properties properties = read(file);
            assertThat(properties.stringPropertyNames()).isNotEmpty().allMatch(key -> key.startsWith(area + "."));
            properties.forEach((key, text) -> assertThat(text.toString())
                    .as(key.toString())
                    .isNotBlank()
                    .doesNotContainPattern("(?i)\\b(nobody|somebody|whoever|anybody)\\b"));
        }
    }

    /**
     * Whether the key is the first argument of Message.of or the like. Other strings with a full stop may not be keys.
     */
    private static boolean isCall(String code, String key) {
        return Pattern.compile("(?:\\bMessage\\.of|\\btext|\\bmessage|\\bsay)\\(\\s*\"" + Pattern.quote(key) + "\"")
                .matcher(code)
                .find();
    }

    private static Set<String> names(String code, MatchResult key) {
        Set<String> names = new TreeSet<>();
        int at = key.end();
        var name = NAME.matcher(code);
        while (name.region(at, code.length()).lookingAt()) {
            names.add(name.group(1));
            at = endOfArgument(code, name.end());
        }
        return names;
    }

    /** The comma or bracket that ends the argument which begins at {@code from}. */
    private static int endOfArgument(String code, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < code.length(); at++) {
            char c = code.charAt(at);
            if (c == '"' && code.charAt(at - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && "([{".indexOf(c) >= 0) {
                depth++;
            } else if (!quoted && ")]}".indexOf(c) >= 0 && --depth < 0) {
                return at;
            } else if (!quoted && depth == 0 && c == ',') {
                return at;
            }
        }
        return code.length();
    }

    private static Set<String> placeholders(String sentence) {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER.matcher(sentence).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static List<String> variants(Map<String, String> sentences, String key) {
        return Stream.of("", ".one", ".few", ".many", ".other", ".windows")
                .map(suffix -> sentences.get(key + suffix))
                .filter(sentence -> sentence != null)
                .toList();
    }

    private static Map<String, String> sentences() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Path file : files()) {
            read(file).forEach((key, text) -> all.put(key.toString(), text.toString()));
        }
        return all;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        return read;
    }

    /** That of the program and, with the quotation marks of Java, that of the page. */
    private static List<String> code() throws IOException {
        try (Stream<Path> files = Files.walk(CODE);
                Stream<Path> page = Files.walk(PAGE)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .map(MessageFilesTest::text),
                            page.filter(file -> file.toString().endsWith(".js"))
                                    .map(file -> text(file).replace('\'', '"')))
                    .map(text -> COMMENT.matcher(text).replaceAll(""))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
