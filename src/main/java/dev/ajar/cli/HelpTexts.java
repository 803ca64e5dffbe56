package dev.ajar.cli;

import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Puts texts in the place of the keys that a command's grammar holds ({@link dev.ajar.cli.option.OptionBuilder}). picocli
 * asks for it once, when it is about to show help.
 */
record HelpTexts(Terminal terminal) implements IHelpFactory {
    /** picocli sets no help in fewer columns. */
    private static final int NARROWEST = 55;

    private static final int USUAL = 80;

    /** For lines that the terminal wraps itself. */
    private static final int UNWRAPPED = 4000;

    /** Longer lines are hard to read. */
    private static final int WIDEST = 100;

    /** @param columns of the terminal; 0 without one */
    static int width(int columns) {
        return columns == 0 ? USUAL : isNarrow(columns) ? UNWRAPPED : Math.min(columns, WIDEST);
    }

    /** Whether the help is {@link NarrowHelp}. */
    static boolean isNarrow(int columns) {
        return columns > 0 && columns < NARROWEST;
    }

    @Override
    public Help create(CommandSpec spec, Help.ColorScheme colours) {
        UsageMessageSpec usage = spec.usageMessage();
        usage.synopsisHeading(terminal.text("help.usage") + " ");
        usage.commandListHeading("%n" + terminal.text("help.commands") + "%n");
        usage.header(lines(usage.header()));
        usage.description(
                Stream.of(List.of("", terminal.text("help.heading")), List.of(lines(usage.description())), List.of(""))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
        usage.footer(
                Stream.concat(Stream.of(""), Stream.of(lines(usage.footer()))).toArray(String[]::new));
        for (OptionSpec option : new ArrayList<>(spec.options())) {
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option)
                    .description(lines(option.description()))
                    .build());
        }
        for (PositionalParamSpec parameter : new ArrayList<>(spec.positionalParameters())) {
            spec.remove(parameter);
            spec.addPositional(PositionalParamSpec.builder(parameter)
                    .description(lines(parameter.description()))
                    .build());
        }
        return isNarrow(terminal.columns()) ? new NarrowHelp(spec, colours) : new Help(spec, colours);
    }

    private String[] lines(String[] key) {
        return terminal.text(Message.of(key[0])).split("\n");
    }
}
