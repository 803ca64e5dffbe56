package dev.ajar.cli;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Custody;
import dev.ajar.manager.OpenReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Family;
import dev.ajar.model.Selection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The router in front of the router: asked with consent alone, since it need not be this household's. */
final class FurtherOut {
    private final Surroundings surroundings;
    private final boolean consent;
    private final Optional<InetAddress> named;

    private FurtherOut(Surroundings surroundings, boolean consent, Optional<InetAddress> named) {
        this.surroundings = surroundings;
        this.consent = consent;
        this.named = named;
    }

    /**
     * @param consent whether {@code --upstream} was given
     * @param address the value of {@code --upstream-gateway}, which is consent as well
     */
    static FurtherOut of(Surroundings surroundings, boolean consent, @Nullable String address) throws BadInput {
        Optional<InetAddress> named = address == null ? Optional.empty() : Optional.of(AddressSyntax.upstream(address));
        return new FurtherOut(surroundings, consent || named.isPresent(), named);
    }

    /**
     * The report with what came of it there, where there seems to be one and somebody agrees.
     *
     * @param mayAsk whether people read what is printed
     */
    OpenReport extend(
            OpenReport report,
            Actions actions,
            Selection selection,
            Custody custody,
            Duration timeout,
            boolean mayAsk) {
        if (!report.isBehindAnother() || !(consent || (mayAsk && agrees(report)))) {
            return report;
        }
        Optional<InetAddress> hop =
                named.isPresent() ? Optional.empty() : surroundings.premises().secondHop();
        return actions.openUpstream(report, named, hop, selection.methods(), custody, timeout);
    }

    /** Why the consent that was given came to nothing, where it did. */
    Optional<String> idle(OpenReport report) {
        if (!consent || !report.isOpenOver(Family.IPV4)) {
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
    void refuseWithoutIpv4() throws BadInput {
        if (consent) {
            throw new BadInput("--upstream is for IPv4; over IPv6 routers translate nothing, so leave it out");
        }
    }

    private boolean agrees(OpenReport report) {
        String address = report.externalAddress().map(Addresses::text).orElse("not public");
        return surroundings
                .life()
                .agrees("Open on your router. Its own address is "
                        + address
                        + ", so another router is in front of it. Open the port there too?");
    }
}
