package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.DiscoverText;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.mapping.DiscoverReport;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.GatewaySelector;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar discover}. */
public final class DiscoverCommand extends GatewayCommand {
    public DiscoverCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
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
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        DiscoverReport report = actions.discover(selection, timeout);
        ExitCode exitCode = DiscoverText.exitCode(report);
        if (output().json()) {
            terminal().out().println(DiscoverText.json(report, exitCode));
        } else {
            DiscoverText.print(terminal(), report);
        }
        return exitCode;
    }
}
