package dev.ajar.cli.command;

import dev.ajar.background.BackgroundTask;
import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar service install | remove | status}. */
public final class ServiceCommand implements CliCommand {
    private final CliContext context;
    private final PositionalParamSpec words =
            OptionBuilder.words("install|remove|status", Message.of("help.service.action"));
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);

    public ServiceCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.service"), Message.of("help.service.examples"), Message.of("help.service.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        String action = given.size() == 1 ? given.getFirst() : "";
        if (!List.of("install", "remove", "status").contains(action)) {
            throw new InvalidInputException(Message.of("background.usage"));
        }
        Optional<BackgroundTask> task = context.backend().background();
        if (task.isEmpty()) {
            return failed(Message.of("background.none"));
        }
        return switch (action) {
            case "install" -> install(task.get());
            case "remove" -> remove(task.get());
            default -> status(task.get());
        };
    }

    private int install(BackgroundTask task) {
        Optional<Message> failure = task.install();
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        say(Message.of("background.installed", "file", task.file()));
        say(task.log());
        return ExitCode.DONE.number();
    }

    private int remove(BackgroundTask task) {
        Optional<Message> failure = task.remove();
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        say(Message.of("background.removed"));
        return ExitCode.DONE.number();
    }

    private int status(BackgroundTask task) {
        return switch (task.state()) {
            case RUNNING -> told("background.running", ExitCode.DONE);
            case INSTALLED -> told("background.task-there", ExitCode.DONE);
            case STOPPED -> told("background.stopped", ExitCode.PARTLY);
            case ABSENT -> told("background.absent", ExitCode.PARTLY);
            case UNKNOWN -> told("background.unknown", ExitCode.CANNOT);
        };
    }

    private int told(String key, ExitCode exitCode) {
        if (exitCode == ExitCode.DONE) {
            say(Message.of(key));
        } else {
            context.terminal().say(context.terminal().text(key));
        }
        return exitCode.number();
    }

    private void say(Message message) {
        if (!OptionBuilder.isSet(quiet)) {
            context.terminal().say(context.terminal().text(message));
        }
    }

    private int failed(Message why) {
        Terminal terminal = context.terminal();
        // The system's program may print anything.
        String text = new RouterText(terminal.text(why)).display();
        terminal.tell(terminal.text("command.service-failed", "problem", text));
        return ExitCode.CANNOT.number();
    }
}
