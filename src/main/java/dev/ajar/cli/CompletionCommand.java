package dev.ajar.cli;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.reference.CompletionValues;
import dev.ajar.cli.reference.CompletionValues.More;
import dev.ajar.cli.reference.Shell;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.service.WatchReport;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.system.LocalRoute;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code ajar completion SHELL}: prints the script; {@code ajar completion ports} and the like are what the scripts
 * ask.
 */
final class CompletionCommand implements CliCommand {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._@:-]+");

    private final CliContext context;
    private final PositionalParamSpec words = OptionBuilder.words("SHELL", Message.of("help.completion.shell"));

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(OptionBuilder.quiet(Quiet.ANSWER));
        OptionBuilder.describe(
                empty,
                Message.of("help.completion"),
                Message.of("help.completion.examples"),
                Message.of("help.completion.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        if (given.size() != 1) {
            throw usage();
        }
        Optional<More> asked = CompletionValues.asked(given.getFirst());
        if (asked.isPresent()) {
            looked(asked.get()).distinct().forEach(context.terminal().out()::println);
            return ExitCode.DONE.number();
        }
        Shell shell = Shell.of(given.getFirst()).orElseThrow(CompletionCommand::usage);
        context.terminal().out().print(shell.script(new Cli(context).reference()));
        return ExitCode.DONE.number();
    }

    private static InvalidInputException usage() {
        return new InvalidInputException(Message.of("cli.completion-usage"));
    }

    /** A key press is no complaint: what cannot be looked up is nothing. */
    private Stream<String> looked(More more) {
        return switch (more) {
            case NOTHING, FILES, PROGRAM, PROTOCOLS -> Stream.empty();
            case OPEN_PORTS -> ports();
            case INTERFACES ->
                // bash expands what it is offered, commands included.
                context.hostProbe().routes().stream()
                        .map(LocalRoute::interfaceName)
                        .filter(name -> PLAIN_NAME.matcher(name).matches());
            case ADDRESSES -> context.hostProbe().routes().stream().map(route -> Addresses.text(route.localAddress()));
            case DEVICES ->
                context.hostProbe().host().neighbours().stream()
                        .flatMap(List::stream)
                        .map(device -> Addresses.text(device.address()));
        };
    }

    /** Those in the state file, as {@code ajar close} takes them. */
    private Stream<String> ports() {
        return context.backend().watch() instanceof Result.Ok<WatchReport>(WatchReport report)
                ? report.rows().stream()
                        .map(row -> row.mapping().split(" "))
                        .filter(parts -> parts.length == 2)
                        .map(parts -> parts[0].equals("udp") ? parts[1] + "/udp" : parts[1])
                : Stream.empty();
    }
}
