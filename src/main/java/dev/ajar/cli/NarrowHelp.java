package dev.ajar.cli;

import dev.ajar.cli.render.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help for a terminal narrower than picocli sets it: what an option does stands below it. */
final class NarrowHelp extends Help {
    private static final String INDENT = "    ";

    private final CommandSpec spec;

    NarrowHelp(CommandSpec spec, ColorScheme colours) {
        super(spec, colours);
        this.spec = spec;
    }

    @Override
    public String parameterList() {
        return spec.positionalParameters().stream()
                .filter(one -> !one.hidden())
                .map(NarrowHelp::shown)
                .collect(Collectors.joining());
    }

    @Override
    public String optionList() {
        return spec.options().stream()
                .filter(one -> !one.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(NarrowHelp::shown)
                .collect(Collectors.joining());
    }

    private static String shown(PositionalParamSpec parameter) {
        return below(parameter.paramLabel(), parameter.description());
    }

    private static String shown(OptionSpec option) {
        String names = String.join(", ", option.names());
        boolean takesValue = option.arity().max() > 0;
        return below(takesValue ? names + "=" + option.paramLabel() : names, option.description());
    }

    private static String below(String name, String... description) {
        return "  " + name + "\n" + INDENT + String.join(" ", List.of(description)) + "\n";
    }

    /** Passes whole lines on to the terminal, which wraps them at its own width. */
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
