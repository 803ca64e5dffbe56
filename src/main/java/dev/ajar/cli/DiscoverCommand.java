package dev.ajar.cli;

import dev.ajar.cli.output.DiscoverText;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.manager.Actions;
import dev.ajar.manager.DiscoverReport;
import dev.ajar.model.Selection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar discover}. */
final class DiscoverCommand extends Action {
    DiscoverCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        Grammar.describe(
                own,
                "Show every router found: what was asked, what answered, what was not usable and why.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar discover                    listen for about three seconds",
                        "  ajar discover --timeout 40s      listen longer, for routers that answer late",
                        ""),
                List.of("", "Nothing found? Switch on UPnP in the router's own page, and be on its own network."));
    }

    /** A search changes nothing and may take long. */
    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        DiscoverReport report = actions.discover(selection, timeout);
        ExitCode exitCode = DiscoverText.exitCode(report);
        if (output().json()) {
            terminal().out().println(JsonReports.discover(report, exitCode));
        } else {
            DiscoverText.print(terminal(), report);
        }
        return exitCode;
    }
}
