package dev.ajar.cli.render;

import dev.ajar.document.ExitCode;
import dev.ajar.document.GatewayJson;
import dev.ajar.document.JsonMembers;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;

/** The output of {@code ajar discover}: all that was found, and all that was asked. */
public final class DiscoverText {
    private DiscoverText() {}

    public static ExitCode exitCode(DiscoverReport report) {
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
    }

    public static void print(Terminal terminal, DiscoverReport report) {
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get());
            return;
        }
        for (GatewayInfo info : report.gateways()) {
            terminal.say(terminal.good(terminal.text("report.found")) + "  " + terminal.text(line(info)));
            info.location().ifPresent(location -> terminal.say("       " + location));
        }
        terminal.say(terminal.text("report.asked"));
        FailureText.attempts(terminal, terminal.out(), report.attempts());
    }

    private static Message line(GatewayInfo info) {
        String address = Addresses.text(info.id().address());
        String card = info.route().interfaceName();
        return info.isDefault()
                ? Message.of("report.gateway", "address", address, "interface", card, "title", info.title())
                : Message.of("report.other-gateway", "address", address, "interface", card, "title", info.title());
    }

    public static String json(DiscoverReport report, ExitCode exitCode) {
        return JsonMembers.document("discover", exitCode)
                .with(
                        "gateways",
                        report.gateways().stream().map(GatewayJson::write).toList())
                .with("attempts", JsonMembers.attempts(report.attempts()))
                .write(report.failure());
    }
}
