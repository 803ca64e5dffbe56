package dev.ajar.cli.output;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Finding;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;

/** What {@code ajar discover} says: everything. */
public final class DiscoverText {
    private DiscoverText() {}

    public static ExitCode exitCode(Finding finding) {
        return failure(finding).map(ExitCode::of).orElse(ExitCode.DONE);
    }

    static Optional<Failure> failure(Finding finding) {
        if (!finding.gateways().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Failure.NoGateway(
                finding.attempts().isEmpty() ? "this machine is on no network with a router" : "no router answered"));
    }

    public static void print(Terminal terminal, Finding finding) {
        List<GatewayInfo> gateways =
                finding.gateways().stream().map(gateway -> gateway.info()).toList();
        for (GatewayInfo info : gateways) {
            terminal.out()
                    .println(terminal.good("found") + "  " + info.id().address().getHostAddress() + " on "
                            + info.route().interfaceName() + "   " + info.title()
                            + (info.isDefault() ? "" : ", not this machine's way to the internet"));
            info.location().ifPresent(location -> terminal.out().println("       " + location));
        }
        if (gateways.isEmpty()) {
            failure(finding).ifPresent(none -> Troubles.print(terminal, none, finding.attempts()));
            return;
        }
        terminal.out().println("asked:");
        for (Attempt attempt : finding.attempts()) {
            terminal.out()
                    .println("  " + attempt.interfaceName() + "  " + attempt.asked() + ": " + Troubles.words(attempt));
        }
    }
}
