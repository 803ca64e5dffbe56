package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
