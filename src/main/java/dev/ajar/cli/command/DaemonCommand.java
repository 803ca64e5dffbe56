package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FailureText;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.syntax.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code ajar daemon}. */
public final class DaemonCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));
    private final DaemonOptions options;

    public DaemonCommand(CliContext context) {
        this.context = context;
        this.options = new DaemonOptions(context);
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(config);
        options.addTo(empty);
        OptionBuilder.describe(
                empty, Message.of("help.daemon"), Message.of("help.daemon.examples"), Message.of("help.daemon.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        String file = OptionBuilder.given(config);
        Optional<Failure> failure =
                context.backend().daemon(Optional.ofNullable(file).map(Path::of), options.keeps(), options.log());
        failure.ifPresent(why -> FailureText.print(context.terminal(), why));
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }
}
