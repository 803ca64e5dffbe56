package dev.ajar.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wraps a line at words for a terminal. What follows stands below the line's text, right of its label or its dash. */
final class LineWrap {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Blanks, a dash, or a word with more than one blank behind it. */
    private static final Pattern LABEL = Pattern.compile("^(?: *- | *[^ ]{1,20}(?: [^ ]{1,20}){0,2} {2,}| +)");

    private LineWrap() {}

    /** Words are never cut, so a very long one may stand out. */
    static List<String> lines(String line, int columns) {
        if (width(line) <= columns) {
            return List.of(line);
        }
        Matcher label = LABEL.matcher(COLOUR.matcher(line).replaceAll(""));
        int indent = label.find() ? DisplayWidth.of(label.group()) : 0;
        String rest = " ".repeat(indent * 2 <= columns ? indent : 0);
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int used = 0;
        for (String word : DisplayWidth.words(line)) {
            int width = width(word);
            if (used + width > columns && used > DisplayWidth.of(rest)) {
                lines.add(current.toString().stripTrailing());
                String first = word.stripLeading();
                current = new StringBuilder(rest).append(first);
                used = DisplayWidth.of(rest) + width(first);
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
