package dev.ajar.cli.option;

import dev.ajar.message.Message;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for the form of the output. */
public final class OutputOptions {
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet();
    private final OptionSpec verbose = OptionBuilder.flag(Message.of("help.option.verbose"), "-v", "--verbose");

    public void addTo(CommandSpec spec) {
        spec.addOption(json).addOption(quiet).addOption(verbose);
    }

    public boolean json() {
        return OptionBuilder.isSet(json);
    }

    public boolean quiet() {
        return OptionBuilder.isSet(quiet);
    }

    public boolean verbose() {
        return OptionBuilder.isSet(verbose);
    }
}
