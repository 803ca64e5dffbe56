package dev.ajar.cli.qr;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The modules come out where the library has them. */
class QrTextTest {
    private static final String PLACE = "203.0.113.7:25565";

    @Test
    void half_blocks_hold_two_modules() {
        QrCode code = QrCode.encodeText(PLACE, QrCode.Ecc.LOW);

        List<String> lines = QrText.lines(PLACE, false, true);

        assertThat(lines).hasSize((code.size + 5) / 2).allMatch(line -> line.length() == code.size + 4);
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                char shown = lines.get((y + 2) / 2).charAt(x + 2);
                boolean light = shown == '█' || shown == (y % 2 == 0 ? '▀' : '▄');
                assertThat(light).as(x + "," + y).isEqualTo(!code.getModule(x, y));
            }
        }
    }

    @Test
    void without_unicode_a_module_is_two_characters() {
        QrCode code = QrCode.encodeText(PLACE, QrCode.Ecc.LOW);

        List<String> lines = QrText.lines(PLACE, false, false);

        assertThat(lines)
                .hasSize(code.size + 4)
                .allMatch(line -> line.length() == 2 * (code.size + 4) && line.matches("[# ]+"));
        assertThat(lines.get(2).substring(4, 6)).isEqualTo("  ");
    }

    @Test
    void it_fits_a_terminal_of_eighty_columns() {
        assertThat(QrText.lines("[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535", false, false))
                .allMatch(line -> line.length() <= 80);
        assertThat(QrText.lines(PLACE, true, true)).allMatch(line -> line.startsWith("\u001b[97;40m"));
    }
}
