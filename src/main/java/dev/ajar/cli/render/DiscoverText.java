package dev.ajar.cli.render;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.mapping.DiscoverReport;
import dev.ajar.model.Addresses;

/** What {@code ajar discover} says: everything. */
public final class DiscoverText {
    private DiscoverText() {}

    public static ExitCode exitCode(DiscoverReport report) {
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
    }

    public static void print(Terminal terminal, DiscoverReport report) {
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get(), report.attempts());
            return;
        }
        for (GatewayInfo info : report.gateways()) {
            terminal.out().println(terminal.good("found") + "  " + line(info));
            info.location().ifPresent(location -> terminal.out().println("       " + location));
        }
        terminal.out().println("asked:");
        FailureText.attempts(terminal.out(), report.attempts());
    }

    private static String line(GatewayInfo info) {
        return Addresses.text(info.id().address())
                + " on "
                + info.route().interfaceName()
                + "   "
                + info.title()
                + (info.isDefault() ? "" : ", not this machine's way to the internet");
    }
}
