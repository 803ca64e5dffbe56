package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
    @Test
    void values_are_filled_in_by_name() {
        Message message = Message.of("failure.left-open", "ports", "80, 81", "cause", Message.verbatim("no answer"));

        assertThat(Messages.ENGLISH.text(message))
                .isEqualTo("no answer; external port 80, 81 may be open all the same");
        assertThat(message).hasToString("no answer; external port 80, 81 may be open all the same");
    }

    @Test
    void text_from_outside_is_shown_as_it_is() {
        assertThat(Message.verbatim("100 {percent}")).hasToString("100 {percent}");
    }

    @Test
    void a_missing_sentence_is_a_bug_in_the_program() {
        assertThatThrownBy(() -> Messages.ENGLISH.text("failure.none")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Messages.ENGLISH.text("failure.left-open", "cause", "x"))
                .hasMessageContaining("{ports}");
    }

    @Test
    void windows_has_its_own_commands() {
        Message next = Message.of("show.not-renewed", "time", "12:00");
        assertThat(Messages.ENGLISH.on("Windows 11").text(next)).endsWith("ajar daemon, or ajar service install.");
        assertThat(Messages.ENGLISH.on("Linux").text(next)).endsWith("ajar renew from cron.");
        assertThat(Messages.of(Language.GERMAN).on("Windows 11").text(next)).startsWith("Nichts");
        assertThat(Messages.ENGLISH.on("Windows 11").text("failure.left-open", "ports", "80", "cause", "x"))
                .isEqualTo("x; external port 80 may be open all the same");
    }

    /** What a user of Windows cannot type. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void what_windows_shows_names_no_command_of_linux(Language language) {
        for (Messages messages : List.of(Messages.ENGLISH, Messages.of(language))) {
            for (Message message : List.of(
                    Message.of("advice.own-firewall"),
                    Message.of("doctor.own-firewall-keeps-in-next", "gateway", "192.168.1.1"),
                    Message.of("show.not-renewed", "time", "12:00"),
                    Message.of("command.older-daemon"),
                    Message.of("control.older-daemon"),
                    Message.of("mapping.foreign-ajar-next"))) {
                assertThat(messages.on("Windows 10").text(message))
                        .doesNotContain("sudo", "ufw", "nft", "systemctl", "cron");
                assertThat(messages.on("Linux").text(message)).containsPattern("sudo|systemctl|cron");
            }
        }
    }
}
