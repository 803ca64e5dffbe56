package dev.ajar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationPromptTest {
    /** Any other answer is a no, and so is a missing one. */
    @ParameterizedTest
    @CsvSource({"y, true", "Y, true", "' yes ', true", "n, false", "'', false", "yesterday, false"})
    void only_y_and_yes_agree(String answer, boolean agreed) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        assertThat(ConfirmationPrompt.agreed(
                        "Open it there too?",
                        Messages.ENGLISH,
                        new ByteArrayInputStream((answer + "\n").getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8,
                        new PrintStream(shown, true, StandardCharsets.UTF_8)))
                .isEqualTo(agreed);
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("Open it there too? [y/N] ");
    }

    @ParameterizedTest
    @CsvSource({
        "GERMAN, Ja, true",
        "GERMAN, j, true",
        "GERMAN, y, true",
        "GERMAN, jain, false",
        "SPANISH, sí, true",
        "FRENCH, oui, true",
        "POLISH, tak, true",
        "RUSSIAN, Да, true",
        "CHINESE, 是, true",
        "FRENCH, ja, false"
    })
    void a_yes_in_the_users_own_language_is_one(Language language, String answer, boolean agreed) {
        assertThat(ConfirmationPrompt.agreed(
                        "?",
                        Messages.of(language),
                        new ByteArrayInputStream((answer + "\n").getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                .isEqualTo(agreed);
    }

    @ParameterizedTest
    @CsvSource({"y, true", "'', false"})
    void the_end_of_input_ends_the_answer(String answer, boolean agreed) {
        assertThat(ConfirmationPrompt.agreed(
                        "?",
                        Messages.ENGLISH,
                        new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                .isEqualTo(agreed);
    }

    /** The console of Windows sends other bytes. */
    @Test
    void an_answer_is_read_in_the_charset_of_the_terminal() {
        Charset console = Charset.forName("IBM866");

        assertThat(ConfirmationPrompt.agreed(
                        "?",
                        Messages.of(Language.RUSSIAN),
                        new ByteArrayInputStream("да\r\n".getBytes(console)),
                        console,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                .isTrue();
    }
}
