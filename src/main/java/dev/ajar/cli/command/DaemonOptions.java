package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.LogText;
import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --keep} and {@code -q} of what runs until it is ended; {@code AJAR_KEEP} and {@code AJAR_QUIET} are for
 * images, whose command is the same for all users.
 */
final class DaemonOptions {
    private final CliContext context;
    private final OptionSpec keep = OptionBuilder.flag(Message.of("help.daemon.keep"), "--keep");
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.TROUBLE);

    DaemonOptions(CliContext context) {
        this.context = context;
    }

    void addTo(CommandSpec spec) {
        spec.addOption(keep).addOption(quiet);
    }

    /** Whether leases are left open at the end. */
    boolean keeps() throws InvalidInputException {
        return isSet(keep, "keep");
    }

    /** Where the lines go. */
    Consumer<Message> log() throws InvalidInputException {
        return LogText.of(context.terminal(), isSet(quiet, "quiet"));
    }

    private boolean isSet(OptionSpec option, String name) throws InvalidInputException {
        String told = context.settings().apply(name).orElse("false");
        return OptionBuilder.isSet(option)
                || switch (told) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new InvalidInputException(
                                Message.of("containers.yes-or-no", "label", "AJAR_" + name.toUpperCase(Locale.ROOT)));
                };
    }
}
