package dev.ajar.cli.render;

import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import java.io.PrintWriter;

/**
 * Standard output and standard error of a command, and how lines on them may look.
 *
 * @param colour only on a terminal, and never with NO_COLOR (no-color.org)
 * @param unicode whether the terminal can show an arrow
 * @param messages the sentences in the language of the terminal's user
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean unicode, Messages messages) {
    /** In English. */
    public Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean unicode) {
        this(out, err, colour, unicode, Messages.ENGLISH);
    }

    String arrow() {
        return unicode ? "→" : "->";
    }

    String good(String text) {
        return paint("32", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** A sentence in the language of the terminal's user. */
    public String text(Message message) {
        return messages.text(message);
    }

    /** {@link #text(Message)} of {@link Message#of}. */
    public String text(String key, Object... namesAndValues) {
        return text(Message.of(key, namesAndValues));
    }
}
