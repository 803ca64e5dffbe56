package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.Troubles;
import dev.ajar.model.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ajar daemon}. */
final class DaemonCommand implements Verb {
    private final Surroundings surroundings;
    private final OptionSpec config =
            Grammar.text("--config", "FILE", "The configuration file, if it is not in the usual place.");
    private final OptionSpec keep = Grammar.flag("At the end, leave open what ends by itself.", "--keep");

    DaemonCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(config).addOption(keep);
        Grammar.describe(
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
        String file = Grammar.given(config);
        Optional<Failure> failure = surroundings
                .life()
                .daemon(
                        Optional.ofNullable(file).map(Path::of),
                        Grammar.isSet(keep),
                        line -> surroundings.terminal().out().println(line));
        failure.ifPresent(why -> Troubles.print(surroundings.terminal(), why, List.of()));
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }
}
