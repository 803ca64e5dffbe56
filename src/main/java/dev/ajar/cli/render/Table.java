package dev.ajar.cli.render;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines in columns, each as wide as it needs to be. The headings are one sentence, with a bar between two of them. */
final class Table {
    private Table() {}

    static void print(Terminal terminal, String headings, List<List<String>> rows) {
        List<List<String>> all = Stream.concat(Stream.of(List.of(headings.split("\\|"))), rows.stream())
                .toList();
        int[] widths = IntStream.range(0, all.getFirst().size())
                .map(column -> all.stream()
                        .mapToInt(row -> DisplayWidth.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        all.forEach(row -> terminal.say(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(DisplayWidth.padded(row.get(i), widths[i] + 2));
        }
        return line.toString().stripTrailing();
    }
}
