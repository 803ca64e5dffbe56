package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.Terminal;
import dev.ajar.cli.output.Troubles;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ajar renew}: one pass, for cron or by hand. */
final class RenewCommand implements Verb {
    private final Surroundings surroundings;
    private final OptionSpec cron = Grammar.flag(
            "Say nothing when nothing changed, a line when something did, and the reason on trouble.", "--cron");
    private final OptionSpec config =
            Grammar.text("--config", "FILE", "The configuration file, if it is not in the usual place.");
    private final OptionSpec json = Grammar.flag("Answer with one JSON document (docs/json.md).", "--json");
    private @Nullable CommandSpec spec;

    RenewCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addOption(cron).addOption(config).addOption(json);
        Grammar.describe(
                empty,
                "Renew what is due, repair what is missing, close what nobody wants any more. Once.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar renew                   what ajar open opened, and what the configuration names",
                        "  */20 * * * *  ajar renew --cron",
                        ""),
                List.of("", "To have it done all the time: ajar daemon"));
    }

    @Override
    public Integer call() {
        Optional<Integer> done = spec == null
                ? Optional.empty()
                : surroundings.elsewhere().carryOut(spec, surroundings.settings(), surroundings.terminal());
        if (done.isPresent()) {
            return done.get();
        }
        String file = Grammar.given(config);
        Result<Life.Pass> result =
                surroundings.life().renew(Optional.ofNullable(file).map(Path::of));
        return switch (result) {
            case Result.Ok<Life.Pass>(Life.Pass pass) -> report(pass).number();
            case Result.Err<Life.Pass>(Failure failure) -> fail(failure).number();
        };
    }

    private ExitCode fail(Failure failure) {
        ExitCode exitCode = ExitCode.of(failure);
        if (Grammar.isSet(json)) {
            surroundings.terminal().out().println(JsonReports.failed("renew", failure));
        } else if (!(Grammar.isSet(cron) && failure instanceof Failure.Busy)) {
            Troubles.print(surroundings.terminal(), failure, List.of());
        }
        return exitCode;
    }

    private ExitCode report(Life.Pass pass) {
        List<Failure> failures =
                pass.troubles().stream().map(Life.Trouble::failure).toList();
        ExitCode exitCode = ExitCode.of(failures, failures.size() + pass.open());
        Terminal terminal = surroundings.terminal();
        List<String> changes = pass.events().stream()
                .filter(RenewCommand::isChange)
                .map(EventText::of)
                .toList();
        if (Grammar.isSet(json)) {
            terminal.out().println(JsonReports.renew(pass.open(), changes, failures, exitCode));
            return exitCode;
        }
        if (!changes.isEmpty()) {
            terminal.out()
                    .println(
                            Grammar.isSet(cron)
                                    ? "ajar: " + String.join("; ", changes)
                                    : String.join(System.lineSeparator(), changes));
        } else if (!Grammar.isSet(cron) && failures.isEmpty()) {
            terminal.out()
                    .println(
                            pass.open() == 0
                                    ? "Nothing is to be kept open. Open something: ajar open 25565"
                                    : "All is well: " + pass.open() + " open.");
        }
        for (Life.Trouble trouble : pass.troubles()) {
            terminal.err()
                    .println(terminal.bad("failed")
                            + "  "
                            + trouble.label()
                            + ": "
                            + Troubles.line(trouble.failure())
                            + ".");
        }
        if (!Grammar.isSet(cron)) {
            failures.stream().limit(1).forEach(failure -> Troubles.advise(terminal, failure));
        }
        return exitCode;
    }

    private static boolean isChange(KeeperEvent event) {
        return !(event instanceof KeeperEvent.Failed);
    }
}
