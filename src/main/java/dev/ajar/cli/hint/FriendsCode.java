package dev.ajar.cli.hint;

import dev.ajar.cli.qr.QrText;
import dev.ajar.cli.render.Terminal;
import java.util.List;

/** The address for friends as a QR code on a terminal. */
public final class FriendsCode {
    private FriendsCode() {}

    public static void print(Terminal terminal, String place) {
        List<String> lines = QrText.lines(place, false, terminal.unicode());
        int columns = lines.getFirst().length();
        if (terminal.columns() < columns) {
            terminal.tell(terminal.text("show.qr-needs-terminal", "columns", columns));
            return;
        }
        // Not wrapped: a code has no words.
        QrText.lines(place, terminal.colour(), terminal.unicode()).forEach(terminal.err()::println);
    }
}
