package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.FailureText;
import dev.ajar.model.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ajar daemon}. */
public final class DaemonCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec config =
            OptionBuilder.text("--config", "FILE", "The configuration file, if it is not in the usual place.");
    private final OptionSpec keep = OptionBuilder.flag("At the end, leave open what ends by itself.", "--keep");

    public DaemonCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(config).addOption(keep);
        OptionBuilder.describe(
                empty,
                "Keep ports open: those the configuration names, and those opened with ajar open.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar daemon                      until Ctrl-C; then it closes what it kept open",
                        "  ajar daemon --config my.toml     with another configuration file",
                        ""),
                List.of(
                        "",
                        "SIGHUP reads the configuration again; SIGTERM ends within five seconds.",
                        "As a service: examples/ajar.service. Is the file right? ajar config check"));
    }

    @Override
    public Integer call() {
        String file = OptionBuilder.given(config);
        Optional<Failure> failure = context.backend()
                .daemon(
                        Optional.ofNullable(file).map(Path::of),
                        OptionBuilder.isSet(keep),
                        line -> context.terminal().out().println(line));
        failure.ifPresent(why -> FailureText.print(context.terminal(), why, List.of()));
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }
}
