package dev.ajar.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wraps lines at words for a terminal. Words are never cut, so a very long one may stand out. */
final class LineWrap {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Blanks, a dash, or a word with more than one blank behind it. */
    private static final Pattern LABEL = Pattern.compile("^(?: *- | *[^ ]{1,20}(?: [^ ]{1,20}){0,2} {2,}| +)");

    private LineWrap() {}

    /** What follows the first line stands below its text, right of its label or its dash. */
    static List<String> lines(String line, int columns) {
        if (width(line) <= columns) {
            return List.of(line);
        }
        Matcher label = LABEL.matcher(COLOUR.matcher(line).replaceAll(""));
        int indent = label.find() ? DisplayWidth.of(label.group()) : 0;
        return lines("", line, " ".repeat(indent * 2 <= columns ? indent : 0), columns);
    }

    /**
     * Running text, in which blanks and line ends are alike.
     *
     * @param first what stands before the first line
     * @param rest what stands before each other line
     */
    static List<String> paragraph(int columns, String text, String first, String rest) {
        return lines(first, text.strip().replaceAll("\\s+", " "), rest, columns);
    }

    private static List<String> lines(String first, String text, String rest, int columns) {
        int indent = width(rest);
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder(first);
        int used = width(first);
        for (String word : DisplayWidth.words(text)) {
            int width = width(word);
            if (used + width > columns && used > indent) {
                lines.add(current.toString().stripTrailing());
                String begin = word.stripLeading();
                current = new StringBuilder(rest).append(begin);
                used = indent + width(begin);
            } else {
                current.append(word);
                used += width;
            }
        }
        lines.add(current.toString());
        return lines;
    }

    private static int width(String text) {
        return DisplayWidth.of(COLOUR.matcher(text).replaceAll(""));
    }
}
