package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --keep} of what runs until it is ended; {@code AJAR_KEEP} is for images, whose command is the same for all
 * users.
 */
final class KeepOption {
    private KeepOption() {}

    static OptionSpec option() {
        return OptionBuilder.flag(Message.of("help.daemon.keep"), "--keep");
    }

    static boolean isSet(OptionSpec keep, CliContext context) throws InvalidInputException {
        String told = context.settings().apply("keep").orElse("false");
        return OptionBuilder.isSet(keep)
                || switch (told) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new InvalidInputException(Message.of("containers.yes-or-no", "label", "AJAR_KEEP"));
                };
    }
}
