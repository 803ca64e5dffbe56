package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred\u001b[0m",
                "\u001b]0;title\u0007",
                "\u009b2J",
                "a\rb\nc\u0085d\u2028e",
                "nul\u0000",
                "\u202egnp.exe",
                "zero\u200bwidth",
                "\u007f\b\b\b",
                "\ud800 lone surrogate",
                "private \ue000"
            })
    void the_shown_text_cannot_move_a_cursor_or_hide_text(String hostile) {
        String shown = new RouterText(hostile).display();

        assertThat(shown.codePoints()).allMatch(c -> c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0));
        assertThat(shown).doesNotContain("\u001b", "\u202e", "\u200b", "\u2028");
    }

    @Test
    void ordinary_text_is_shown_as_it_is() {
        assertThat(new RouterText("Müller's Router (5 GHz) 日本").display()).isEqualTo("Müller's Router (5 GHz) 日本");
    }

    @Test
    void long_text_is_cut() {
        String shown = new RouterText("x".repeat(1_000_000)).display();

        assertThat(shown).hasSize(RouterText.MAX_SHOWN).endsWith("…");
    }
}
