package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the profiles say of dangers, in the languages of the users. */
class ProfileTextTest {
    private static final Properties ENGLISH = PseudoLanguage.read(PseudoLanguage.FILES.resolve("profile.properties"));

    private static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        ServiceCatalog services = new ServiceCatalog();
        for (WellKnownService service : services.all()) {
            texts.add(service.name());
            service.why().ifPresent(texts::add);
            service.safer().ifPresent(texts::add);
        }
        for (Application application : new ApplicationCatalog().all()) {
            application.warning().ifPresent(texts::add);
            application.safer().ifPresent(texts::add);
        }
        return texts;
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
            Properties own = PseudoLanguage.read(
                    PseudoLanguage.FILES.resolve(language.code()).resolve("profile.properties"));
            for (Map.Entry<Object, Object> one : ENGLISH.entrySet()) {
                String translated = String.valueOf(own.get(one.getKey()));
                Arrays.stream(one.getValue().toString().split("[^A-Za-z0-9=_-]+"))
                        .filter(word -> word.matches("--.*|[0-9]+|[A-Z]{3,}[0-9A-Z]*"))
                        .filter(word -> !word.equals("MUST"))
                        .forEach(word -> assertThat(translated)
                                .as(language + " " + one.getKey())
                                .contains(word));
            }
        }
    }
}
