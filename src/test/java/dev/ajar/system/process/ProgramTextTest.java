package dev.ajar.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** In which charset a program has written. */
class ProgramTextTest {
    private static byte[] bytes(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }

    @Test
    void utf_8_is_known_by_itself() {
        byte[] utf8 = "Отказано в доступе → ü".getBytes(StandardCharsets.UTF_8);
        assertThat(ProgramText.of(utf8, "IBM866", "windows-1251")).isEqualTo("Отказано в доступе → ü");
    }

    @Test
    void windows_writes_in_the_code_page_of_its_console() {
        assertThat(ProgramText.of(bytes("ОШИБКА: Отказано в доступе.", "IBM866"), "IBM866", "windows-1251"))
                .isEqualTo("ОШИБКА: Отказано в доступе.");
        assertThat(ProgramText.of(bytes("Zugriff verweigert für ajar", "IBM850"), "", "IBM850"))
                .isEqualTo("Zugriff verweigert für ajar");
    }

    @Test
    void what_is_in_no_known_charset_is_shown_as_far_as_possible() {
        assertThat(ProgramText.of(new byte[] {'a', (byte) 0xFF}, "no-such", "")).isEqualTo("a\uFFFD");
        byte[] cut = Arrays.copyOf("ü → →".getBytes(StandardCharsets.UTF_8), 8);
        assertThat(ProgramText.of(cut, "ANSI_X3.4-1968", "US-ASCII"))
                .startsWith("ü →")
                .endsWith("\uFFFD");
    }
}
