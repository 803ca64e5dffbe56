package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** In which characters the text is written. */
class ConsoleTest {
    @Test
    void a_windows_console_gets_its_code_page() {
        assertThat(Main.charset(true, "console", "IBM437")).isEqualTo(Charset.forName("IBM437"));
        assertThat(Main.charset(true, "console", "UTF-8")).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void files_pipes_and_other_systems_get_utf_8() {
        assertThat(Main.charset(false, "console", "windows-1252")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Main.charset(true, "true", "ISO-8859-1")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Main.charset(true, "console", "no-such-charset")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Main.charset(true, "console", "")).isEqualTo(StandardCharsets.UTF_8);
    }
}
