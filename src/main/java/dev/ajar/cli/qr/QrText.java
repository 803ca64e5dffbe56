package dev.ajar.cli.qr;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A QR code as lines of text, which a phone's camera reads from the screen. */
public final class QrText {
    /**
     * ISO/IEC 18004 wants four light modules around the code; two are enough for every camera, and fit more terminals.
     */
    private static final int BORDER = 2;

    /** White on black, whatever colours the terminal has: a camera wants the modules dark. */
    private static final String COLOURS = "\u001b[97;40m";

    private static final String USUAL = "\u001b[0m";

    private QrText() {}

    /**
     * @param text what the code says, of 200 characters at most
     * @param colour whether the terminal understands colours; without, light characters on a dark ground are assumed
     * @param unicode whether it can show half blocks; without, the code is twice as large
     */
    public static List<String> lines(String text, boolean colour, boolean unicode) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        int last = code.size + BORDER;
        List<String> lines = new ArrayList<>();
        for (int y = -BORDER; y < last; y += unicode ? 2 : 1) {
            StringBuilder line = new StringBuilder();
            for (int x = -BORDER; x < last; x++) {
                boolean upper = !code.getModule(x, y);
                boolean lower = y + 1 < last && !code.getModule(x, y + 1);
                line.append(unicode ? half(upper, lower) : upper ? "##" : "  ");
            }
            lines.add(colour ? COLOURS + line + USUAL : line.toString());
        }
        return lines;
    }

    private static String half(boolean upper, boolean lower) {
        if (upper) {
            return lower ? "█" : "▀";
        }
        return lower ? "▄" : " ";
    }
}
