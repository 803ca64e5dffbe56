package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource({
        "open, 4",
        "открыт, 6",
        "端口, 4",
        "已打开：25565, 13",
        "한국, 4",
        "ポート, 6",
        "ﾎﾟｰﾄ, 4",
        "ａｂ, 4",
        "é, 1",
        "e\u0301, 1",
        "a\u200bb, 2",
        "→, 1",
        "…, 1",
        "😀, 2",
        "𠀀, 2",
        "'', 0"
    })
    void a_character_takes_none_one_or_two_columns(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void columns_of_a_table_stand_below_each_other() {
        StringWriter out = new StringWriter();
        Table.print(
                new Terminal(new PrintWriter(out), new PrintWriter(out), false, true),
                "端口|状态",
                List.of(List.of("25565", "已打开"), List.of("路由器端口", "x")));

        assertThat(out.toString().lines()).containsExactly("端口        状态", "25565       已打开", "路由器端口  x");
    }
}
