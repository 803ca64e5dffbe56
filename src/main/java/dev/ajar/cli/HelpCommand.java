package dev.ajar.cli;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar help COMMAND}: the same as {@code ajar COMMAND --help}. */
final class HelpCommand implements CliCommand {
    private final CliContext context;
    private final PositionalParamSpec words = OptionBuilder.words("[COMMAND]", Message.of("help.help.command"));

    HelpCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(OptionBuilder.quiet(Quiet.ANSWER));
        OptionBuilder.describe(
                empty, Message.of("help.help"), Message.of("help.help.examples"), Message.of("help.help.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        Cli cli = new Cli(context);
        if (given.isEmpty()) {
            return cli.run("--help");
        }
        if (given.size() > 1) {
            throw new InvalidInputException(Message.of("cli.help-usage"));
        }
        String command = given.getFirst();
        // Without --help, an unknown command is a mistake and gets a suggestion.
        return Cli.knows(command) ? cli.run(command, "--help") : cli.run(command);
    }
}
