package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page speaks the language of its user, by the message files of the command line. */
class PageTextsTest {
    private static final Pattern KEY = Pattern.compile("'(view\\.[a-z0-9-]+)'");

    /** A call with its values as an object literal: {@code t('view.kept-by', { process: next.kept_by })}. */
    private static final Pattern CALL =
            Pattern.compile("\\bt\\('(view\\.[a-z0-9-]+)'(?:, \\{ ((?:[^{}]|\\$\\{[^}]*})*) })?");

    private static final Pattern NAME = Pattern.compile("(?:^|,)\\s*(\\w+)(?=:|,|$)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    /** Words in a row that no sentence of the files is; classes and commands are in lower case or have a hyphen. */
    private static final Pattern ENGLISH =
            Pattern.compile("['`>][A-Z][a-z]+ [a-z]+[^'`<]*['`<]|'[a-z]+ [a-z]+ [a-z ]+'");

    private static Map<String, String> scripts() throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/web"))) {
            files.filter(file -> file.toString().endsWith(".js"))
                    .forEach(file -> scripts.put(file.getFileName().toString(), withoutComments(file)));
        }
        return scripts;
    }

    private static String withoutComments(Path file) {
        try {
            return Files.readString(file).replaceAll("(?m)^\\s*//.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys() throws IOException {
        Set<String> keys = new TreeSet<>();
        scripts().values().forEach(script -> KEY.matcher(script).results().forEach(found -> keys.add(found.group(1))));
        return keys;
    }

    private static JsonObject json(String document) {
        return JsonReader.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject texts(Messages messages) {
        return json(PageTexts.own(messages)).object("texts").orElseThrow();
    }

    @Test
    void every_key_of_the_page_has_a_sentence_and_every_sentence_a_key() throws IOException {
        Set<String> sentences = new TreeSet<>();
        Messages.ENGLISH.area("view").keySet().forEach(key -> sentences.add(key.replaceAll("\\.(one|other)$", "")));
        assertThat(keys()).hasSizeGreaterThan(100).containsExactlyElementsOf(sentences);
    }

    @Test
    void every_sentence_gets_the_values_that_it_names() throws IOException {
        Map<String, String> sentences = Messages.ENGLISH.area("view");
        List<String> wrong = new ArrayList<>();
        scripts()
                .forEach((file, script) -> CALL.matcher(script).results().forEach(call -> {
                    String sentence = sentences.getOrDefault(
                            call.group(1), sentences.getOrDefault(call.group(1) + ".other", "no sentence {at all}"));
                    Set<String> given = new TreeSet<>();
                    if (call.group(2) != null) {
                        NAME.matcher(call.group(2)).results().forEach(name -> given.add(name.group(1)));
                    }
                    Set<String> named = new TreeSet<>();
                    PLACEHOLDER.matcher(sentence).results().forEach(name -> named.add(name.group(1)));
                    if (!given.containsAll(named)) {
                        wrong.add(file + ": " + call.group() + ", the sentence names " + named);
                    }
                }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_sentence_stands_in_the_code_of_the_page() throws IOException {
        scripts().forEach((file, script) -> {
            Matcher english = ENGLISH.matcher(script);
            assertThat(english.results().map(found -> found.group()).toList())
                    .as(file)
                    .isSubsetOf(
                            "'this machine'",
                            "'not open'",
                            "'not renewed'",
                            "'The daemon does not answer. Run: ajar web'");
        });
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void every_language_has_them(Language language) {
        JsonObject own = texts(Messages.of(language));
        assertThat(own.names()).containsAll(texts(Messages.ENGLISH).names());
        assertThat(own.text("view.forward")).isNotEqualTo("Forward a port");
        assertThat(own.text("relaying.refusal.full")).isNotEqualTo("all places taken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | '' | en
            '' | de | de
            '' | de-AT,de;q=0.9,en;q=0.8 | de
            '' | en-US,en;q=0.9,de;q=0.8 | en
            '' | sv,it;q=0.9,fr-CH;q=0.8,en;q=0.7 | fr
            '' | sv | en
            '' | en;q=0.4, pt-PT ;q=0.9 | pt_BR
            '' | de;q=0,uk | uk
            '' | zh-TW,zh-Hant;q=0.9 | en
            '' | zh-Hans-CN | zh_CN
            '' | *;q=0.5 | en
            '' | de;q=9,../../etc,<b>,tr;q=0.1 | tr
            pl | de | pl
            en | de | en
            ../de | fr | en
            """)
    void the_language_is_that_of_the_user(String chosen, String accepted, String code) {
        assertThat(PageLanguage.of(chosen, accepted).code()).isEqualTo(code);
    }

    @Test
    void a_document_is_told_in_the_language() {
        String document = """
                {"error":{"message":"the router has lost it","message_sentence":{"key":"view.port-is-open","args":{"port":"tcp 1"}},
                 "advice":["Run: ajar web","x"],"advice_sentences":[{"key":"view.run-web","args":{}},{"text":"y"}]},
                 "events":[{"at":"x","message":"Nothing else.","key":"view.nothing-else","args":{}}],"next":null,
                 "odd":"kept","odd_sentence":{"key":"no.such","args":{}},"text_sentence":{"key":"view.run-web","args":{}}}""";
        JsonObject german = json(PageTexts.translated(document, Messages.of(Language.GERMAN)));
        JsonObject error = german.object("error").orElseThrow();
        assertThat(error.text("message")).isEqualTo("tcp 1 ist offen.");
        assertThat(error.texts("advice")).containsExactly("Ausführen: ajar web", "x");
        assertThat(german.objects("events").getFirst().text("message")).isEqualTo("Sonst nichts.");
        assertThat(german.text("odd")).isEqualTo("kept");
        assertThat(german.has("text")).isFalse();
        assertThat(PageTexts.translated(document, Messages.ENGLISH)).isEqualTo(document);
        assertThat(PageTexts.translated("no document", Messages.of(Language.GERMAN)))
                .isEqualTo("no document");
    }

    /** Profiles have no keys: their texts are told as on the terminal. */
    @Test
    void what_presets_say_is_told_in_the_language() {
        String warning = "Cameras are the most-hacked home devices. Change the default password and update first.";
        String purpose = "video stream (RTSP)";
        String document = """
                {"command":"presets","presets":[{"id":"rtsp","name":"Mail server","warning":"WARNING",
                 "ports":[{"purpose":"PURPOSE","required":true}]}]}""".replace("WARNING", warning).replace("PURPOSE", purpose);

        JsonObject rtsp = json(PageTexts.translated(document, Messages.of(Language.GERMAN)))
                .objects("presets")
                .getFirst();

        assertThat(rtsp.text("name")).isEqualTo("Mailserver");
        assertThat(rtsp.text("warning")).startsWith("Kameras sind");
        assertThat(rtsp.objects("ports").getFirst().text("purpose")).isEqualTo("Videostream (RTSP)");
    }

    @Test
    void it_is_served_in_the_language_of_the_request(@TempDir Path folder) throws IOException {
        try (PageFixture page = new PageFixture(folder)) {
            assertThat(page.http.get("/texts.json", "Accept-Language: fr-FR, en;q=0.5"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"language\":\"fr\"")
                    .containsIgnoringCase("Vary: Accept-Language, Ajar-Language");
            assertThat(page.http.get("/texts.json", "Accept-Language: fr", "Ajar-Language: tr"))
                    .contains("\"language\":\"tr\"");
            assertThat(page.page.link("de")).containsPattern("#[\\w-]+\\.de\"");
        }
    }
}
