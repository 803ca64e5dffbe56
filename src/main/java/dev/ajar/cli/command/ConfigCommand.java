package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.Terminal;
import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigProblem;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar config check}. */
public final class ConfigCommand implements CliCommand {
    private final CliContext context;
    private final PositionalParamSpec words = OptionBuilder.words("check [FILE]", Message.of("help.config.check"));
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);
    private @Nullable CommandSpec spec;

    public ConfigCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addPositional(words).addOption(json).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.config"), Message.of("help.config.examples"), Message.of("help.config.end"));
    }

    private Terminal terminal() {
        return context.terminal(quiet, json);
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        if (spec == null || given.isEmpty() || !given.getFirst().equals("check") || given.size() > 2) {
            throw new InvalidInputException(Message.of("command.config-usage"));
        }
        Optional<Path> file = given.size() == 2
                ? Optional.of(Path.of(given.get(1)))
                : context.backend().configPlace();
        Terminal terminal = terminal();
        if (file.isEmpty()) {
            terminal.tell(terminal.text("command.config-no-place"));
            return ExitCode.BAD_STATE.number();
        }
        return check(file.get()).number();
    }

    private ExitCode check(Path file) {
        Terminal terminal = terminal();
        Optional<ConfigFile> read = ConfigFile.read(file, new MappingProtocolSyntax(context.protocols()));
        if (read.isEmpty()) {
            terminal.tell(terminal.text("command.config-none", "file", file));
            return ExitCode.BAD_STATE;
        }
        List<ConfigProblem> problems = read.get().problems();
        if (OptionBuilder.isSet(json)) {
            ExitCode exitCode = problems.isEmpty() ? ExitCode.DONE : ExitCode.BAD_STATE;
            terminal.document(ConfigJson.write(file, read.get(), exitCode));
            return exitCode;
        }
        problems.forEach(problem -> terminal.tell(terminal.text(problem.in(file.toString()))));
        if (!problems.isEmpty()) {
            return ExitCode.BAD_STATE;
        }
        int ports = read.get().configuration().portCount();
        int relays = read.get().relays().size();
        terminal.say(
                relays == 0
                        ? terminal.text("command.config-ports", "file", file, "count", ports)
                        : terminal.text("command.config-relays", "file", file, "count", ports, "relays", relays));
        return ExitCode.DONE;
    }
}
