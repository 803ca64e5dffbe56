package dev.ajar.cli.command;

import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.Ownership;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The router in front of the router: asked with consent alone, since it need not be this household's. */
final class UpstreamOption {
    private final CliContext context;
    private final boolean consent;
    private final Optional<InetAddress> named;

    private UpstreamOption(CliContext context, boolean consent, Optional<InetAddress> named) {
        this.context = context;
        this.consent = consent;
        this.named = named;
    }

    /**
     * @param consent whether {@code --upstream} was given
     * @param address the value of {@code --upstream-gateway}, which is consent as well
     */
    static UpstreamOption of(CliContext context, boolean consent, @Nullable String address)
            throws InvalidInputException {
        Optional<InetAddress> named = address == null ? Optional.empty() : Optional.of(AddressSyntax.upstream(address));
        return new UpstreamOption(context, consent || named.isPresent(), named);
    }

    /**
     * The report with what came of it there, where there seems to be one and somebody agrees.
     *
     * @param mayAsk whether people read what is printed
     */
    OpenReport extend(
            OpenReport report,
            PortMapper actions,
            GatewaySelector selection,
            Ownership ownership,
            Duration timeout,
            boolean mayAsk) {
        if (!report.isBehindAnother() || !(consent || (mayAsk && agrees(report)))) {
            return report;
        }
        Optional<InetAddress> hop =
                named.isPresent() ? Optional.empty() : context.hostProbe().secondHop();
        return actions.openUpstream(report, named, hop, selection.methods(), ownership, timeout);
    }

    /** Why the consent that was given came to nothing, where it did. */
    Optional<String> idle(OpenReport report) {
        if (!consent || !report.isOpenOver(IpVersion.IPV4)) {
            return Optional.empty();
        }
        return switch (report.reachability()) {
            case PUBLIC ->
                report.beyond().isEmpty()
                        ? Optional.of(
                                "--upstream had nothing to do: no other router is in front, the address of yours is public.")
                        : Optional.empty();
            case UNKNOWN ->
                Optional.of(
                        "--upstream did nothing: the router does not tell its own address, so whether another one is in front of it cannot be seen.");
            case PRIVATE, CARRIER_GRADE -> Optional.empty();
        };
    }

    /** Over IPv6 alone there is nothing for it to do. */
    void refuseWithoutIpv4() throws InvalidInputException {
        if (consent) {
            throw new InvalidInputException(
                    "--upstream is for IPv4; over IPv6 routers translate nothing, so leave it out");
        }
    }

    private boolean agrees(OpenReport report) {
        String address = report.externalAddress().map(Addresses::text).orElse("not public");
        return context.backend()
                .agrees("Open on your router. Its own address is "
                        + address
                        + ", so another router is in front of it. Open the port there too?");
    }
}
