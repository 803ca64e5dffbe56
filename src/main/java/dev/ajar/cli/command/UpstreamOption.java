package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The router in front of the router. ajar asks it only with the user's consent, since it may not be the user's own. */
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

    /** The consent that the user gave on the command line. */
    Optional<ServiceRequest.Upstream> given() {
        return consent ? Optional.of(new ServiceRequest.Upstream(named)) : Optional.empty();
    }

    /** The consent that the user gives when asked, where another router seems to be in front. */
    Optional<ServiceRequest.Upstream> asked(OpenResult result) {
        // What the provider translates is behind no router of the user's.
        boolean mayBeOwn = !result.internetSide().isProviders();
        return !consent && mayBeOwn && result.isBehindAnother() && agrees(result)
                ? Optional.of(new ServiceRequest.Upstream(Optional.empty()))
                : Optional.empty();
    }

    /** Why the consent that the user gave was not needed, if it was not. */
    Optional<Message> unused(OpenResult report) {
        if (!consent || !report.isOpenOver(IpVersion.IPV4)) {
            return Optional.empty();
        }
        return switch (report.reachability()) {
            case PUBLIC ->
                report.beyond().isEmpty() ? Optional.of(Message.of("open.upstream-not-needed")) : Optional.empty();
            case UNKNOWN -> Optional.of(Message.of("open.upstream-unknown"));
            case PRIVATE, CARRIER_GRADE -> Optional.empty();
        };
    }

    /** Over IPv6 alone the option has no meaning. */
    void refuseWithoutIpv4() throws InvalidInputException {
        if (consent) {
            throw new InvalidInputException(Message.of("open.upstream-is-ipv4"));
        }
    }

    private boolean agrees(OpenResult report) {
        Message question = report.externalAddress()
                .map(address -> Message.of("open.ask-upstream", "address", Addresses.text(address)))
                .orElse(Message.of("open.ask-upstream-unknown"));
        return context.backend().agrees(context.terminal().text(question));
    }
}
