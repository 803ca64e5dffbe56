package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.RouterInterface;
import dev.ajar.json.sentence.SentenceJson;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the profiles of routers say, in the languages of the users. */
class ProfileTextOfRoutersTest {
    private static final String FILE = "router-text.properties";
    private static final Properties ENGLISH = PseudoLanguage.read(PseudoLanguage.FILES.resolve(FILE));

    /** Words with a capital letter behind a small one or a sign of a menu, and numbers. */
    private static final Pattern KEPT =
            Pattern.compile("(?<=[a-z,;:>/(] |[(])[A-Z][A-Za-z0-9/-]*[A-Za-z0-9]|[0-9]+|--[a-z]+|/[a-z.]+/[a-z/.]+");

    /** Words of English, and of makers where a language bends them or has a better one. */
    private static final Set<String> BENT = Set.of("Wi-Fi", "Archers", "Open", "Speedport");

    /** Countries and languages have names in each language. */
    private static final Set<String> COUNTRIES = Set.of(
            "Australia",
            "English",
            "France",
            "French",
            "German",
            "Germany",
            "Italian",
            "Italy",
            "Korea",
            "Netherlands",
            "New",
            "Polish",
            "Spain",
            "Spanish",
            "Zealand");

    private static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        for (RouterGuide guide : new GuideCatalog().all()) {
            texts.add(guide.about());
            texts.add(guide.admin().login());
            guide.upnp().flatMap(RouterGuide.UpnpSwitch::note).ifPresent(texts::add);
            guide.form().flatMap(RouterGuide.Form::note).ifPresent(texts::add);
            guide.form().flatMap(RouterGuide.Form::save).ifPresent(texts::add);
            guide.reservation().map(RouterGuide.Reservation::how).ifPresent(texts::add);
            guide.instead().ifPresent(texts::add);
            guide.menus().ifPresent(texts::add);
        }
        new InterfaceCatalog().all().stream().map(RouterInterface::rights).forEach(texts::addAll);
        return texts;
    }

    /** Each text of the profiles has a line, and each line belongs to one: a changed text must be translated anew. */
    @Test
    void the_file_holds_every_text_of_the_profiles_and_no_other() {
        Map<String, Set<String>> byKey = texts().stream()
                .collect(Collectors.groupingBy(ProfileTextOfRoutersTest::key, Collectors.toCollection(TreeSet::new)));

        assertThat(ENGLISH.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(byKey.keySet());
        byKey.forEach((key, texts) -> {
            assertThat(texts).contains(ENGLISH.getProperty(key));
            assertThat(texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).distinct())
                    .as("one key, one text: " + texts)
                    .hasSize(1);
        });
    }

    @Test
    void every_text_can_be_looked_up_also_where_a_page_shows_it_cut() {
        assertThat(texts()).allMatch(text -> ProfileText.isSentence(ProfileText.ROUTER_AREA, text));
        for (String text : texts()) {
            Message plain = SentenceJson.plain(Message.of("guide.said", "text", text));
            String shown = plain.values().getFirst().value().toString();

            assertThat(key(shown)).as(text).isEqualTo(key(text));
            assertThat(Messages.of(Language.GERMAN).text(plain)).as(text).endsWith(".");
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_guide_tells_it_in_one_language(Language language) {
        Messages messages = Messages.of(language);
        for (String text : texts()) {
            String told = messages.text("guide.said", "text", text);

            assertThat(told).as(text).isNotEqualTo(text);
            assertThat(told).endsWith(language == Language.CHINESE ? "。" : ".");
        }
        assertThat(messages.text("guide.said", "text", "no such text in any profile"))
                .isEqualTo("no such text in any profile");
    }

    /** The three hundred lines are read for a guide alone. */
    @Test
    void other_sentences_do_not_look_there() {
        String english = "The password is on the label.";
        Properties router = new Properties();
        router.put(key(english), "translated");
        Properties guide = new Properties();
        guide.put("guide.said", "{text}");
        Properties other = new Properties();
        other.put("page.said", "{text}");
        Map<String, Properties> areas = new HashMap<>();
        areas.put("router-text", router);
        areas.put("guide", guide);
        areas.put("page", other);
        areas.put("profile", new Properties());
        Messages messages = Messages.of(Language.GERMAN, areas);

        assertThat(messages.text("guide.said", "text", english)).isEqualTo("translated");
        assertThat(messages.text("page.said", "text", english)).isEqualTo(english);
        assertThat(messages.text(Message.verbatim(english))).isEqualTo(english);
    }

    @Test
    void json_keeps_to_english() {
        Message said = Message.of("guide.said", "text", "The password is on the label.");

        assertThat(said).hasToString("The password is on the label.");
        assertThat(SentenceJson.write(SentenceJson.plain(said)))
                .containsEntry("args", Map.of("text", "The password is on the label."));
    }

    /** Menus, fields and buttons are what the user looks for on the page; letters may get their accents back. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void the_words_of_the_page_numbers_and_commands_stay(Language language) {
        Properties own = PseudoLanguage.read(
                PseudoLanguage.FILES.resolve(language.code()).resolve(FILE));
        for (String key : ENGLISH.stringPropertyNames()) {
            String translated = String.valueOf(own.getProperty(key));
            List<String> lost = Stream.of(ENGLISH.getProperty(key))
                    .flatMap(text -> KEPT.matcher(text).results())
                    .map(found -> found.group())
                    .filter(word -> !BENT.contains(word) && !COUNTRIES.contains(word))
                    .filter(word ->
                            !translated.contains(word) && !plain(translated).contains(word))
                    .toList();

            assertThat(lost).as(language + " " + key + ": " + translated).isEmpty();
        }
    }

    private static String key(String text) {
        return ProfileText.key(ProfileText.ROUTER_AREA, text);
    }

    /** As the profiles write German and French: ae for ä, e for é. */
    private static String plain(String text) {
        String german =
                text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("Ü", "Ue");
        return Normalizer.normalize(german, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }
}
