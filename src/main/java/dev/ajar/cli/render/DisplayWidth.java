package dev.ajar.cli.render;

import java.util.ArrayList;
import java.util.List;

/** How many columns of a terminal a text takes: East Asian characters take two, combining ones none. */
final class DisplayWidth {
    private static final int FIRST_WIDE = 0x1100;

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    static int of(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    /** The ranges that Unicode's East Asian Width calls wide or full-width. */
    static boolean isWide(int c) {
        return (c >= FIRST_WIDE && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0x303e)
                || (c >= 0x3041 && c <= 0xa4cf)
                || (c >= 0xa960 && c <= 0xa97c)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }

    /**
     * The pieces of a text that a line may end between, those behind a blank with one before them. Between East Asian
     * characters there are none, and a line may end behind each; but it never begins with a mark that ends something.
     */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean wide = false;
        for (int character : text.codePoints().toArray()) {
            boolean blank = Character.isWhitespace(character);
            boolean breaks = wide && !blank && (Character.isLetterOrDigit(character) || isOpening(character));
            boolean begins = !wide && isWide(character) && Character.isLetter(character) && !endsOpen(word);
            if ((blank || breaks || begins) && !word.toString().isBlank()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (!blank) {
                word.appendCodePoint(character);
            } else if (word.toString().isBlank()) {
                word.append(' ');
            }
            wide = !blank && isWide(character) && !endsOpen(word);
        }
        words.add(word.toString());
        return words;
    }

    /** Behind an opening bracket or quotation mark no line ends. */
    private static boolean endsOpen(CharSequence word) {
        return !word.isEmpty() && isOpening(word.charAt(word.length() - 1));
    }

    private static boolean isOpening(int character) {
        int type = Character.getType(character);
        return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    /** The text with blanks behind it up to {@code columns}; as it is if it is longer. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }
}
