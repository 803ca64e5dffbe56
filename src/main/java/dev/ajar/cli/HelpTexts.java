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
 * Puts texts in the place of the keys that a command's grammar holds ({@link dev.ajar.cli.option.OptionBuilder}).
 * picocli asks for it once, when it is about to show help.
 */
record HelpTexts(Terminal terminal) implements IHelpFactory {
    /** In fewer columns there is no room for a column of options. */
    private static final int NARROWEST = 55;

    private static final int USUAL = 80;

    /** For picocli, since {@link HelpLayout} wraps the lines. */
    static final int UNWRAPPED = 4000;

    /** Longer lines are hard to read. */
    private static final int WIDEST = 100;

    /** The same terminal, as wide as its help is; files and pipes get that of the usual terminal. */
    static Terminal sized(Terminal terminal) {
        return terminal.wide(terminal.columns() == 0 ? USUAL : Math.min(terminal.columns(), WIDEST));
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
        return new HelpLayout(spec, colours, terminal, terminal.columns() < NARROWEST);
    }

    private String[] lines(String[] key) {
        return terminal.text(Message.of(key[0])).split("\n");
    }
}
