package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FailureText;
import dev.ajar.container.EngineAddress;
import dev.ajar.container.EngineSyntax;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.syntax.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ajar containers}: the daemon, watching containers. */
public final class ContainersCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec engine = OptionBuilder.texts("--engine", "ADDRESS", Message.of("help.containers.engine"));
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));
    private final DaemonOptions options;

    public ContainersCommand(CliContext context) {
        this.context = context;
        this.options = new DaemonOptions(context);
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(engine).addOption(config);
        options.addTo(empty);
        OptionBuilder.describe(
                empty,
                Message.of("help.containers"),
                Message.of("help.containers.examples"),
                Message.of("help.containers.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<EngineAddress> engines = new ArrayList<>();
        for (String one : named()) {
            engines.add(EngineSyntax.parse(one));
        }
        String file = OptionBuilder.given(config);
        Optional<Failure> failure = context.backend()
                .containers(engines, Optional.ofNullable(file).map(Path::of), options.keeps(), options.log());
        failure.ifPresent(why -> FailureText.print(context.terminal(), why));
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }

    /** {@code AJAR_ENGINE} is for images, whose command is the same for all users. */
    private List<String> named() {
        List<String> typed = OptionBuilder.all(engine);
        return typed.isEmpty() ? context.settings().apply("engine").stream().toList() : typed;
    }
}
