package dev.ajar.cli;

import dev.ajar.cli.render.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Help as picocli lays it out, but wrapped at words: picocli ends lines also within an address or the name of a file.
 * On a narrow terminal, what an option does stands below it.
 */
final class HelpLayout extends Help {
    private static final String SHORT = "  ";
    private static final String LONG = "      ";
    private static final int GAP = 3;
    private static final int LEAST_GAP = 2;

    /** Behind longer names there would be little room. */
    private static final int WIDEST_COLUMN = 29;

    /** A continued line stands right of the first one. */
    private static final String FURTHER = "  ";

    private final CommandSpec spec;
    private final Terminal terminal;
    private final boolean narrow;

    /** @param terminal as wide as the help */
    HelpLayout(CommandSpec spec, ColorScheme colours, Terminal terminal, boolean narrow) {
        super(spec, colours);
        this.spec = spec;
        // The last column stays free.
        this.terminal = terminal.wide(terminal.columns() - 1);
        this.narrow = narrow;
    }

    /** A line of a table. */
    private record Row(String name, String painted, String text) {}

    @Override
    public String synopsis(int headingLength) {
        String command = spec.qualifiedName();
        String indent = narrow ? FURTHER : " ".repeat(headingLength + command.length() + 1);
        String painted = colorScheme().commandText(command).toString();
        String words = super.synopsis(headingLength).strip().substring(painted.length());
        List<String> lines = terminal.wrapped(" ".repeat(headingLength) + painted + " ", words, indent);
        return String.join("\n", lines).substring(headingLength) + "\n";
    }

    @Override
    public String parameterList() {
        return table(
                spec.positionalParameters().stream()
                        .filter(one -> !one.hidden())
                        .map(one -> row(LONG, one))
                        .toList(),
                columnOfOptions());
    }

    @Override
    public String optionList() {
        return table(options(), columnOfOptions());
    }

    @Override
    public String commandList() {
        return table(
                subcommands().entrySet().stream().map(this::row).toList(),
                subcommands().keySet().stream().mapToInt(String::length).max().orElse(0) + 2 + FURTHER.length());
    }

    private List<Row> options() {
        return spec.options().stream()
                .filter(one -> !one.hidden())
                .sorted(Comparator.comparing(HelpLayout::order, String.CASE_INSENSITIVE_ORDER))
                .map(one -> row(one.shortestName().startsWith("--") ? LONG : SHORT, one))
                .toList();
    }

    private static String order(OptionSpec option) {
        return option.shortestName().replaceFirst("^-+", "");
    }

    private int columnOfOptions() {
        int longest = Stream.concat(
                        options().stream().map(Row::name),
                        spec.positionalParameters().stream().map(one -> LONG + parameterLabel(one)))
                .mapToInt(String::length)
                .filter(length -> length + LEAST_GAP <= WIDEST_COLUMN)
                .max()
                .orElse(0);
        return Math.min(longest + GAP, WIDEST_COLUMN);
    }

    private String parameterLabel(ArgSpec argument) {
        return parameterLabelRenderer()
                .renderParameterLabel(argument, colorScheme().ansi(), List.of())
                .plainString();
    }

    private Row row(String indent, ArgSpec argument) {
        String label = parameterLabel(argument);
        String text = String.join(" ", argument.description());
        if (!(argument instanceof OptionSpec option)) {
            return new Row(indent + label, indent + colorScheme().parameterText(label), text);
        }
        List<String> names = Stream.of(option.names())
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        String painted = names.stream()
                .map(name -> colorScheme().optionText(name).toString())
                .collect(Collectors.joining(", "));
        return new Row(
                indent + String.join(", ", names) + label,
                indent + painted + (label.isEmpty() ? "" : colorScheme().optionParamText(label)),
                text);
    }

    private Row row(Map.Entry<String, Help> command) {
        String text =
                String.join(" ", command.getValue().commandSpec().usageMessage().header());
        return new Row(SHORT + command.getKey(), SHORT + colorScheme().commandText(command.getKey()), text);
    }

    private String table(List<Row> rows, int column) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            if (narrow) {
                lines.addAll(terminal.wrapped(SHORT, row.painted().strip(), LONG));
                lines.addAll(terminal.wrapped(SHORT + FURTHER, row.text(), SHORT + FURTHER));
            } else {
                int gap = column - row.name().length();
                String first = gap < LEAST_GAP ? " ".repeat(column) : row.painted() + " ".repeat(gap);
                if (gap < LEAST_GAP) {
                    lines.add(row.painted());
                }
                lines.addAll(terminal.wrapped(first, row.text(), " ".repeat(column) + FURTHER));
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Passes whole lines on to the terminal, which wraps them. */
    static PrintWriter wrapping(Terminal terminal) {
        return new PrintWriter(
                new Writer() {
                    private final StringBuilder line = new StringBuilder();

                    @Override
                    public void write(char[] text, int from, int length) {
                        for (int i = from; i < from + length; i++) {
                            if (text[i] == '\n') {
                                terminal.say(line.toString());
                                line.setLength(0);
                            } else {
                                line.append(text[i]);
                            }
                        }
                    }

                    @Override
                    public void flush() {
                        terminal.out().flush();
                    }

                    @Override
                    public void close() {
                        flush();
                    }
                },
                true);
    }
}
