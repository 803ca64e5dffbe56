package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which characters and in which language the text is written. */
class ConsoleTest {
    /** As in a session by ssh on a server that has not installed the user's locale: there the C library says ASCII. */
    @Test
    void the_name_of_a_locale_that_is_not_installed_says_what_the_terminal_shows() {
        assertThat(Main.encoding("ANSI_X3.4-1968", Map.of("LANG", "zh_CN.UTF-8")))
                .isEqualTo("UTF-8");
        assertThat(Main.encoding("ANSI_X3.4-1968", Map.of("LANG", "C", "LC_CTYPE", "ru_RU.utf8")))
                .isEqualTo("UTF-8");
        assertThat(Main.encoding("US-ASCII", Map.of("LC_ALL", "de_DE.UTF-8@euro")))
                .isEqualTo("UTF-8");
        assertThat(Main.encoding("ANSI_X3.4-1968", Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")))
                .isEqualTo("ANSI_X3.4-1968");
        assertThat(Main.encoding("ANSI_X3.4-1968", Map.of("LANG", "de_DE"))).isEqualTo("ANSI_X3.4-1968");
        assertThat(Main.encoding("ANSI_X3.4-1968", Map.of())).isEqualTo("ANSI_X3.4-1968");
        assertThat(Main.encoding("ISO-8859-1", Map.of("LANG", "de_DE.UTF-8"))).isEqualTo("ISO-8859-1");
    }

    @Test
    void a_terminal_gets_its_own_charset() {
        assertThat(Main.charset(true, "IBM437")).isEqualTo(Charset.forName("IBM437"));
        assertThat(Main.charset(true, "KOI8-R")).isEqualTo(Charset.forName("KOI8-R"));
        assertThat(Main.charset(true, "UTF-8")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Main.charset(true, "ANSI_X3.4-1968")).isEqualTo(StandardCharsets.US_ASCII);
    }

    @Test
    void every_terminal_shows_ascii() {
        assertThat(Main.charset(true, "no-such-charset")).isEqualTo(StandardCharsets.US_ASCII);
        assertThat(Main.charset(true, "")).isEqualTo(StandardCharsets.US_ASCII);
    }

    @Test
    void files_and_pipes_get_utf_8() {
        assertThat(Main.charset(false, "windows-1252")).isEqualTo(StandardCharsets.UTF_8);
    }

    /** "ajar list < NUL" at a prompt: no console to the JDK, which wants standard input too. */
    @Test
    void a_console_of_windows_is_known_by_its_code_page() {
        assertThat(Main.isConsole("Windows 11", "IBM850", "Cp1252")).isTrue();
        assertThat(Main.isConsole("Windows 11", "Cp1252", "Cp1252")).isFalse();
        assertThat(Main.isConsole("Windows 11", "", "Cp1252")).isFalse();
        assertThat(Main.isConsole("Linux", "ANSI_X3.4-1968", "UTF-8")).isFalse();
    }

    @Test
    void errors_at_a_console_beside_a_file_are_in_the_consoles_charset() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Terminal terminal = Main.terminal(
                file,
                console,
                false,
                0,
                StandardCharsets.UTF_8,
                Charset.forName("IBM850"),
                Messages.of(Language.RUSSIAN));
        terminal.out().println("1 → 2");
        terminal.err().println("für → 1");
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("1 → 2\n");
        assertThat(console.toString(Charset.forName("IBM850"))).isEqualToIgnoringNewLines("für -> 1\n");
        assertThat(terminal.messages().code()).isEqualTo("en");
    }

    @Test
    void a_character_that_the_terminal_lacks_is_replaced_and_never_by_a_question_mark() {
        String text = "1 → 2… “a” «b» — café ñ œuvre ßł × Ω № 日 😀";

        assertThat(shown("US-ASCII", text))
                .isEqualTo("1 -> 2... \"a\" \"b\" - cafe n oeuvre ssl x \\u03a9 No \\u65e5 \\u1f600");
        assertThat(shown("ISO-8859-1", "“café” →")).isEqualTo("\"café\" ->");
        assertThat(shown("IBM866", "порт открыт → 1")).isEqualTo("порт открыт -> 1");
        assertThat(shown("UTF-8", text)).isEqualTo(text);
    }

    /** The page is shown by a browser. */
    @Test
    void every_sentence_of_english_can_be_shown_in_ascii() throws IOException {
        List<String> lost = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".properties"))
                    .filter(file -> !file.endsWith("view.properties"))
                    .toList()) {
                Properties sentences = new Properties();
                sentences.load(Files.newBufferedReader(file));
                sentences.forEach((key, sentence) -> {
                    String shown = shown("US-ASCII", sentence.toString());
                    if (shown.contains("\\u")
                            || shown.contains("?") != sentence.toString().contains("?")) {
                        lost.add(key + ": " + shown);
                    }
                });
            }
        }
        try (Stream<Path> profiles = Files.walk(Path.of("profiles"))) {
            for (Path file :
                    profiles.filter(file -> file.toString().endsWith(".json")).toList()) {
                if (shown("US-ASCII", Files.readString(file)).contains("\\u")) {
                    lost.add(file.toString());
                }
            }
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void a_language_is_english_where_the_terminal_lacks_its_letters() {
        assertThat(language("US-ASCII", Language.RUSSIAN)).isEqualTo("en");
        assertThat(language("windows-1252", Language.RUSSIAN)).isEqualTo("en");
        assertThat(language("windows-1252", Language.GERMAN)).isEqualTo("de");
        assertThat(language("IBM866", Language.RUSSIAN)).isEqualTo("ru");
        assertThat(language("IBM866", Language.UKRAINIAN)).isEqualTo("en");
        assertThat(language("KOI8-U", Language.UKRAINIAN)).isEqualTo("uk");
        assertThat(language("windows-1254", Language.TURKISH)).isEqualTo("tr");
        assertThat(language("ISO-8859-2", Language.POLISH)).isEqualTo("pl");
        assertThat(language("IBM850", Language.FRENCH)).isEqualTo("fr");
        assertThat(language("GBK", Language.CHINESE)).isEqualTo("zh_CN");
        for (Language each : Language.values()) {
            assertThat(language("UTF-8", each)).isEqualTo(each.code());
        }
    }

    @Test
    void the_first_wish_decides() {
        assertThat(wished(Map.of())).isEqualTo("en");
        assertThat(wished(Map.of("LANG", "ru_RU.UTF-8"))).isEqualTo("ru");
        assertThat(wished(Map.of("LANG", "ru_RU.UTF-8", "LC_MESSAGES", "de_DE")))
                .isEqualTo("de");
        assertThat(wished(Map.of("LANG", "ru_RU.UTF-8", "LC_MESSAGES", "de_DE", "LC_ALL", "pl")))
                .isEqualTo("pl");
        assertThat(wished(Map.of("LC_ALL", "pl", "AJAR_LANG", "uk"))).isEqualTo("uk");
        assertThat(wished(Map.of("LC_ALL", "pl", "AJAR_LANG", "uk"), "open", "80", "--lang", "fr"))
                .isEqualTo("fr");
        assertThat(wished(Map.of("LC_ALL", "C.UTF-8", "LANG", "ru_RU.UTF-8"))).isEqualTo("en");
        assertThat(wished(Map.of("LC_ALL", "", "LANG", "tr"))).isEqualTo("tr");
        assertThat(wished(Map.of("LANG", "eo"))).isEqualTo("en");
        assertThat(wished(Map.of("AJAR_LANG", "en", "LANG", "ru"))).isEqualTo("en");
    }

    private static String wished(Map<String, String> environment, String... args) {
        return Main.wished(environment, args).code();
    }

    private static String language(String charset, Language wished) {
        return terminal(new ByteArrayOutputStream(), charset, Messages.of(wished))
                .messages()
                .code();
    }

    private static String shown(String charset, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        terminal(out, charset, Messages.ENGLISH).out().println(text);
        return out.toString(Charset.forName(charset)).strip();
    }

    private static Terminal terminal(ByteArrayOutputStream out, String charset, Messages messages) {
        return Main.terminal(out, out, false, 0, Charset.forName(charset), Charset.forName(charset), messages);
    }
}
