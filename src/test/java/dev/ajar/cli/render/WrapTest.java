package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {
    @Test
    void lines_of_words_end_at_blanks() {
        assertThat(LineWrap.paragraph(80, "one two  three\nfour", "1. ", "   "))
                .containsExactly("1. one two three four");
        assertThat(LineWrap.paragraph(80, "слово ".repeat(30), "", "  "))
                .hasSize(3)
                .allMatch(line -> DisplayWidth.of(line) <= 80);
    }

    @Test
    void chinese_lines_end_anywhere_but_before_a_mark_that_ends_something() {
        List<String> lines = LineWrap.paragraph(80, "在路由器上打开端口，通往本机或您网络中的另一台设备。".repeat(9), "", "    ");

        assertThat(lines).hasSizeGreaterThan(5).allMatch(line -> DisplayWidth.of(line) <= 82);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> DisplayWidth.of(line) >= 74);
        assertThat(lines)
                .noneMatch(line -> line.strip().startsWith("，") || line.strip().startsWith("。"));
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo("在路由器上打开端口，通往本机或您网络中的另一台设备。".repeat(9));
    }

    @Test
    void words_among_chinese_stay_whole() {
        assertThat(DisplayWidth.words("运行 ajar open 25565，然后（重新）启动"))
                .containsExactly("运", "行", " ajar", " open", " 25565，", "然", "后", "（重", "新）", "启", "动");
    }
}
