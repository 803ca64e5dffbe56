package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the profiles say of dangers, in the languages of the users. */
class ProfileTextTest {
    private static final Properties ENGLISH = PseudoLanguage.read(PseudoLanguage.FILES.resolve("profile.properties"));

    private static final Properties PURPOSES = PseudoLanguage.read(PseudoLanguage.FILES.resolve("purpose.properties"));

    /** A word of English in the name of an application that is none of the product's own. */
    private static final Pattern WORD = Pattern.compile(
            "\\b(?:and|Any|connections|for|games|itself|newer|node|others|over|own|passive|player|recorders|server|telephony"
                    + "|with)\\b");

    /** Options, settings, numbers and names in capitals. */
    private static final Pattern KEPT =
            Pattern.compile("--?[A-Za-z].*|[0-9]+|[A-Z]{3,}[0-9A-Z]*|.*[a-z_]=.*|[a-z]+_[a-z_]+|[a-z]+[A-Z].*");

    private static final List<Application> APPLICATIONS = new ApplicationCatalog().all();

    /** What applications say of dangers and of what to do instead. */
    private static Set<String> hints() {
        return APPLICATIONS.stream()
                .flatMap(one -> Stream.of(one.warning(), one.safer(), one.nothingToOpen()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> purposes() {
        return APPLICATIONS.stream()
                .flatMap(one -> Stream.concat(one.ports().stream(), one.never().stream()))
                .map(Application.PortUse::purpose)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts() {
        Set<String> texts = hints();
        APPLICATIONS.forEach(application -> texts.add(application.name()));
        for (WellKnownService service : new ServiceCatalog().all()) {
            texts.add(service.name());
            service.why().ifPresent(texts::add);
            service.safer().ifPresent(texts::add);
        }
        return texts;
    }

    /** Of two long texts that begin alike one would be shown as the other. */
    @Test
    void each_text_has_a_key_of_its_own() {
        Map<String, Set<String>> byKey = texts().stream()
                .collect(Collectors.groupingBy(
                        text -> ProfileText.key(ProfileText.AREA, text),
                        TreeMap::new,
                        Collectors.mapping(ProfileTextTest::bare, Collectors.toCollection(TreeSet::new))));
        byKey.values().removeIf(texts -> texts.size() == 1);

        assertThat(byKey).isEmpty();
        assertThat(purposes().stream().map(text -> ProfileText.key(ProfileText.PURPOSE_AREA, text)))
                .doesNotHaveDuplicates();
    }

    /** Texts that differ in their first letter or a full stop alone share a translation. */
    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }

    @Test
    void every_hint_of_an_application_is_told_in_every_language() {
        assertThat(hints()).allMatch(hint -> ENGLISH.containsKey(ProfileText.key(ProfileText.AREA, hint)));
    }

    @Test
    void a_name_with_words_of_english_is_told_in_every_language() {
        assertThat(APPLICATIONS.stream()
                        .map(Application::name)
                        .filter(name -> WORD.matcher(name).find())
                        .filter(name -> !ENGLISH.containsKey(ProfileText.key(ProfileText.AREA, name))))
                .isEmpty();
    }

    @Test
    void the_file_of_purposes_holds_every_one_and_no_other() {
        assertThat(PURPOSES.values()).containsExactlyInAnyOrderElementsOf(purposes());
        PURPOSES.forEach((key, text) -> assertThat(ProfileText.key(ProfileText.PURPOSE_AREA, text.toString()))
                .isEqualTo(key));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_purpose_is_told_where_it_is_printed_alone(Language language) {
        Messages messages = Messages.of(language);

        for (String purpose : purposes()) {
            if (!purpose.equals("Steam")) {
                assertThat(messages.text("page.if-wanted", "purpose", purpose))
                        .as(purpose)
                        .doesNotStartWith(purpose + " ");
                assertThat(messages.text("page.purpose", "purpose", purpose)).isNotEqualTo(purpose);
            }
        }
        assertThat(messages.text("page.warning", "warning", "players")).contains("players");
        assertThat(messages.text("page.purpose", "purpose", "no such purpose")).isEqualTo("no such purpose");
    }

    @Test
    void each_translated_text_is_one_of_a_profile_and_its_key_is_made_of_it() {
        Set<String> texts = texts();

        ENGLISH.forEach((key, text) -> {
            assertThat(ProfileText.key(ProfileText.AREA, text.toString())).isEqualTo(key);
            assertThat(texts).contains(text.toString());
        });
    }

    @Test
    void every_danger_that_needs_a_yes_has_its_reason_in_every_language() {
        List<String> missing = new ArrayList<>();
        for (WellKnownService service : new ServiceCatalog().all()) {
            if (service.danger().needsYes()) {
                service.why().stream()
                        .filter(why -> !ENGLISH.containsKey(ProfileText.key(ProfileText.AREA, why)))
                        .forEach(missing::add);
                service.safer().stream()
                        .filter(safer -> !ENGLISH.containsKey(ProfileText.key(ProfileText.AREA, safer)))
                        .forEach(missing::add);
            }
        }

        assertThat(missing).isEmpty();
    }

    /** "(usually a web server)" stands in sentences that nearly every user sees; names of products stay as they are. */
    @Test
    void what_usually_listens_on_a_port_is_told_in_every_language() {
        assertThat(new ServiceCatalog()
                        .all().stream()
                                .map(WellKnownService::name)
                                .filter(name -> name.matches("(?:an?|the) .*|.* (?:and|with|without|or) [a-z].*"))
                                .filter(name -> !ENGLISH.containsKey(ProfileText.key(ProfileText.AREA, name))))
                .isEmpty();
        assertThat(Messages.of(Language.GERMAN)
                        .text("listener.absent-service", "protocol", "tcp", "port", 443, "service", "a web server"))
                .contains("(meist Webserver)");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void a_danger_is_told_in_one_language(Language language) {
        Messages messages = Messages.of(language);
        String why = "it trusts every client";

        String told = messages.text("exposure.refused", "service", "NFS file sharing", "why", why);

        assertThat(told).doesNotContain(why).doesNotContain("NFS file sharing").contains("NFS");
        assertThat(messages.text(Message.verbatim("Set a server password.")))
                .endsWith(language == Language.CHINESE ? "。" : ".");
        assertThat(messages.text(Message.verbatim("Set a server password"))).doesNotEndWith(".");
        assertThat(messages.text(Message.verbatim("no such text in any profile")))
                .isEqualTo("no such text in any profile");
    }

    @Test
    void commands_in_it_stay_as_they_are() {
        for (Language language : Language.values()) {
            Map<Object, Object> english = new HashMap<>(ENGLISH);
            english.putAll(PURPOSES);
            Map<Object, Object> own = new HashMap<>();
            for (String file : List.of("profile.properties", "purpose.properties")) {
                own.putAll(PseudoLanguage.read(
                        PseudoLanguage.FILES.resolve(language.code()).resolve(file)));
            }
            for (Map.Entry<Object, Object> one : english.entrySet()) {
                String translated = String.valueOf(own.get(one.getKey()));
                Arrays.stream(one.getValue().toString().split("[^A-Za-z0-9=_-]+"))
                        .filter(word -> KEPT.matcher(word).matches())
                        .filter(word -> !word.equals("MUST"))
                        .forEach(word -> assertThat(translated)
                                .as(language + " " + one.getKey())
                                .contains(word));
            }
        }
    }
}
