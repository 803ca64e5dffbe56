package dev.ajar.cli.render;

import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/**
 * Standard output and standard error of a command, and how lines on them may look.
 *
 * @param colour only on a terminal, and never with NO_COLOR (no-color.org)
 * @param unicode whether the terminal can show an arrow
 * @param columns of the terminal, which lines are wrapped for; zero for files and pipes, where a sentence is one line
 * @param messages the sentences in the language of the terminal's user
 */
public record Terminal(
        PrintWriter out, PrintWriter err, boolean colour, boolean unicode, int columns, Messages messages) {
    /** What {@code ajar guide} and the like are wrapped for, at most: longer lines are hard to read. */
    private static final int READABLE = 80;

    /** Of files and pipes. */
    public Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean unicode, Messages messages) {
        this(out, err, colour, unicode, 0, messages);
    }

    /** In English. */
    public Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean unicode) {
        this(out, err, colour, unicode, Messages.ENGLISH);
    }

    /** The same without its standard output: failures are still told. */
    public Terminal mute() {
        return new Terminal(new PrintWriter(Writer.nullWriter()), err, colour, unicode, columns, messages);
    }

    /** The same with another width. */
    public Terminal wide(int otherColumns) {
        return new Terminal(out, err, colour, unicode, otherColumns, messages);
    }

    /**
     * Running text as lines of this terminal.
     *
     * @param first what stands before the first line
     * @param rest what stands before each other line
     */
    public List<String> wrapped(String first, String text, String rest) {
        return LineWrap.paragraph(columns, text, first, rest);
    }

    /** Whether a user sees the lines while the command runs. */
    public boolean isInteractive() {
        return columns > 0;
    }

    /** How wide running text is. */
    int textWidth() {
        return columns > 0 ? Math.min(columns, READABLE) : READABLE;
    }

    /** Prints a line on standard output, wrapped at words where it is a terminal's. */
    public void say(String line) {
        print(out, line);
    }

    /** Prints a line on standard error, wrapped at words where it is a terminal's. */
    public void tell(String line) {
        print(err, line);
    }

    /** Prints a document on standard output, which is one line for any terminal. */
    public void document(String json) {
        out.println(json);
    }

    void print(PrintWriter writer, String line) {
        // No character is wider than two columns.
        if (columns == 0 || line.length() * 2 <= columns) {
            writer.println(line);
        } else {
            LineWrap.lines(line, columns).forEach(writer::println);
        }
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
