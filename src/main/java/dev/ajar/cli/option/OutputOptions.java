package dev.ajar.cli.option;

import dev.ajar.message.Message;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for the form of the output. */
public final class OutputOptions {
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet;
    private final Quiet left;
    private final OptionSpec verbose = OptionBuilder.flag(Message.of("help.option.verbose"), "-v", "--verbose");

    /** @param left of the output with {@code -q} */
    public OutputOptions(Quiet left) {
        this.left = left;
        this.quiet = OptionBuilder.quiet(left);
    }

    public void addTo(CommandSpec spec) {
        spec.addOption(json).addOption(quiet).addOption(verbose);
    }

    public boolean json() {
        return OptionBuilder.isSet(json);
    }

    public boolean quiet() {
        return OptionBuilder.isSet(quiet);
    }

    /** Whether nothing is said of what went well. */
    public boolean isMute() {
        return quiet() && !json() && left != Quiet.ANSWER;
    }

    public boolean verbose() {
        return OptionBuilder.isSet(verbose);
    }
}
