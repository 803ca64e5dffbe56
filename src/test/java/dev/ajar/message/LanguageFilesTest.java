package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares each language's files with the English ones. */
class LanguageFilesTest {
    private static final Path LISTS = Path.of("src/test/resources/languages");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern FORM = Pattern.compile("(.*)\\.(one|few|many|other)");
    private static final int TERMINAL = 80;

    private static final Map<String, String> ENGLISH = sentences(PseudoLanguage.FILES);

    /** The sentences that have plural forms, by their keys without them. */
    private static final Set<String> COUNTED = ENGLISH.keySet().stream()
            .map(FORM::matcher)
            .filter(Matcher::matches)
            .map(form -> form.group(1))
            .filter(key -> ENGLISH.containsKey(key + ".one") && ENGLISH.containsKey(key + ".other"))
            .collect(Collectors.toCollection(TreeSet::new));

    @ParameterizedTest
    @EnumSource(Language.class)
    void has_the_sentences_of_english_with_its_own_plural_forms(Language language) throws IOException {
        Set<String> needed = new TreeSet<>();
        List<String> absent = list("absent.txt");
        for (String key : ENGLISH.keySet()) {
            if (absent.contains(key) || absent.contains(base(key))) {
                continue;
            }
            if (base(key).equals(key)) {
                needed.add(key);
            } else {
                forms(language).forEach(form -> needed.add(base(key) + form));
            }
        }

        assertThat(sentences(folder(language)).keySet()).containsExactlyElementsOf(needed);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void names_the_same_values(Language language) {
        List<String> wrong = new ArrayList<>();
        sentences(folder(language)).forEach((key, sentence) -> {
            Set<String> english = placeholders(english(key));
            Set<String> own = placeholders(sentence);
            if (COUNTED.contains(base(key))) {
                // "One port" need not say the number.
                english.remove("count");
                own.remove("count");
            }
            if (!own.equals(english)) {
                wrong.add(key + ": " + own + ", in English " + english);
            }
        });

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void is_not_english(Language language) throws IOException {
        List<String> same = list("same-as-english.txt");
        List<String> untranslated = sentences(folder(language)).entrySet().stream()
                .filter(entry -> entry.getValue().equals(english(entry.getKey())))
                .filter(entry -> hasWords(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(key -> !same.contains(key))
                .toList();

        assertThat(untranslated).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void is_plain_text_in_whole_lines(Language language) {
        sentences(folder(language))
                .forEach((key, sentence) -> assertThat(sentence)
                        .as(key)
                        .isNotBlank()
                        .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]|\ufffd|\\\\u")
                        .satisfies(text -> assertThat(text.split("\n", -1))
                                .as("lines of " + key)
                                .hasSameSizeAs(english(key).split("\n", -1))));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void keeps_to_the_width_of_a_terminal_where_english_does(Language language) {
        List<String> wide = new ArrayList<>();
        sentences(folder(language)).forEach((key, sentence) -> {
            boolean lines = key.startsWith("help.") && english(key).contains("\n");
            if (lines && widest(english(key)) <= TERMINAL && widest(sentence) > TERMINAL) {
                wide.add(key + ": " + widest(sentence));
            }
        });

        assertThat(wide).isEmpty();
    }

    /** As in English; in Chinese they have a form of their own. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void has_one_kind_of_quotation_marks_and_apostrophes(Language language) {
        String others = language == Language.CHINESE ? "[«»„’]" : "[«»„“”’]";

        sentences(folder(language))
                .forEach((key, sentence) -> assertThat(sentence).as(key).doesNotContainPattern(others));
    }

    /** Two words for one thing make a user look for two things. */
    @Test
    void has_one_word_for_one_thing() throws IOException {
        for (String line : Files.readAllLines(LISTS.resolve("second-words.txt"))) {
            List<String> fields = List.of(line.split(" "));
            if (line.startsWith("#") || fields.size() < 3) {
                continue;
            }
            Pattern second =
                    Pattern.compile("(?<!\\p{L})" + fields.get(1), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            Map<String, String> sentences = sentences(PseudoLanguage.FILES.resolve(fields.getFirst()));
            assertThat(sentences.keySet()).containsAll(fields.subList(3, fields.size()));
            assertThat(sentences.keySet().stream()
                            .filter(key -> second.matcher(sentences.get(key)).find()))
                    .as(line)
                    .containsExactlyInAnyOrderElementsOf(fields.subList(3, fields.size()));
        }
    }

    @Test
    void the_lists_name_sentences_that_exist_and_are_the_same_somewhere() throws IOException {
        assertThat(list("absent.txt")).allMatch(key -> ENGLISH.containsKey(key) || COUNTED.contains(key));
        for (String key : list("same-as-english.txt")) {
            assertThat(Language.values())
                    .as(key)
                    .anyMatch(language ->
                            english(key).equals(sentences(folder(language)).get(key)));
        }
    }

    private static Path folder(Language language) {
        return PseudoLanguage.FILES.resolve(language.code());
    }

    private static String base(String key) {
        Matcher form = FORM.matcher(key);
        return form.matches() && COUNTED.contains(form.group(1)) ? form.group(1) : key;
    }

    /** The English sentence, in its form for several things. */
    private static String english(String key) {
        String form = base(key).equals(key) ? key : base(key) + ".other";
        return ENGLISH.getOrDefault(form, "");
    }

    /** Those that whole numbers need, and the one for what is no whole number. */
    private static Set<String> forms(Language language) {
        return Stream.concat(
                        LongStream.concat(LongStream.rangeClosed(0, 200), LongStream.of(1_000_000))
                                .mapToObj(language::plural),
                        Stream.of(Plural.OTHER))
                .map(Plural::suffix)
                .collect(Collectors.toSet());
    }

    private static Set<String> placeholders(String sentence) {
        return PLACEHOLDER
                .matcher(sentence)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean hasWords(String sentence) {
        return PLACEHOLDER.matcher(sentence).replaceAll("").chars().anyMatch(Character::isLetter);
    }

    /**
     * In columns; that East Asian characters take two is left out here as in the files, whose columns are edited by
     * eye.
     */
    private static int widest(String sentence) {
        return Stream.of(sentence.split("\n"))
                .mapToInt(line -> line.codePointCount(0, line.length()))
                .max()
                .orElse(0);
    }

    private static Map<String, String> sentences(Path folder) {
        Map<String, String> all = new TreeMap<>();
        for (Path file : PseudoLanguage.files(folder)) {
            PseudoLanguage.read(file).forEach((key, text) -> {
                assertThat(key.toString()).as(file.toString()).startsWith(PseudoLanguage.area(file) + ".");
                all.put(key.toString(), text.toString());
            });
        }
        return all;
    }

    private static List<String> list(String name) throws IOException {
        return Files.readAllLines(LISTS.resolve(name)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2)[0])
                .toList();
    }
}
