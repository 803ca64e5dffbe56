package dev.ajar.model;

import java.util.regex.Pattern;

/**
 * Text from the network, such as a model name, a description or an error text. It may hold terminal escapes, so it is
 * shown only through {@link #display()}.
 */
public record RouterText(String raw) {
    /** The most characters of it that are ever shown. */
    public static final int MAX_SHOWN = 128;

    /** A mapping nonce of PCP, which some routers write into the entry's name: with it the mapping can be closed. */
    private static final Pattern NONCE = Pattern.compile("(?i)(?<![0-9a-f])([0-9a-f]{4})[0-9a-f]{20}(?![0-9a-f])");

    public static final RouterText EMPTY = new RouterText("");

    public boolean isBlank() {
        return raw.isBlank();
    }

    /**
     * One line that is harmless on a terminal, in a log and in JSON: no control, bidirectional or zero-width
     * characters, and of a PCP nonce the first four digits.
     */
    public String display() {
        return display(MAX_SHOWN);
    }

    /** The same, of at most {@code most} characters: for whole sentences. */
    public String display(int most) {
        StringBuilder shown = new StringBuilder();
        raw.codePoints().limit(4L * most).forEach(c -> {
            if (Character.isWhitespace(c)) {
                shown.append(' ');
            } else if (isPlain(c)) {
                shown.appendCodePoint(c);
            }
        });
        String line = NONCE.matcher(shown.toString().strip()).replaceAll("$1…");
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    /** Several lines that are harmless, each with the spaces it begins with; of at most {@code most} characters. */
    public String displayLines(int most) {
        StringBuilder shown = new StringBuilder();
        raw.codePoints().limit(most).forEach(c -> {
            if (c == '\n') {
                shown.append('\n');
            } else if (Character.isWhitespace(c)) {
                shown.append(' ');
            } else if (isPlain(c)) {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return display();
    }
}
