package dev.ajar.cli;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.reference.Shell;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.service.WatchReport;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar completion SHELL}: prints the script; {@code ajar completion ports} is what the scripts ask. */
final class CompletionCommand implements CliCommand {
    private static final String PORTS = "ports";

    private final CliContext context;
    private final PositionalParamSpec words = OptionBuilder.words("SHELL", Message.of("help.completion.shell"));

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words);
        OptionBuilder.describe(
                empty,
                Message.of("help.completion"),
                Message.of("help.completion.examples"),
                Message.of("help.completion.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        if (given.equals(List.of(PORTS))) {
            ports();
            return ExitCode.DONE.number();
        }
        if (given.size() != 1) {
            throw usage();
        }
        Shell shell = Shell.of(given.getFirst()).orElseThrow(CompletionCommand::usage);
        context.terminal().out().print(shell.script(new Cli(context).reference()));
        return ExitCode.DONE.number();
    }

    private static InvalidInputException usage() {
        return new InvalidInputException(Message.of("cli.completion-usage"));
    }

    /** Those in the state file, as {@code ajar close} takes them. Without a state file, none: a key press is no complaint. */
    private void ports() {
        if (context.backend().watch() instanceof Result.Ok<WatchReport>(WatchReport report)) {
            report.rows().stream()
                    .map(row -> row.mapping().split(" "))
                    .filter(parts -> parts.length == 2)
                    .map(parts -> parts[0].equals("udp") ? parts[1] + "/udp" : parts[1])
                    .distinct()
                    .forEach(context.terminal().out()::println);
        }
    }
}
