package dev.ajar.gateway.upnp.pinhole;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.upnp.Pinhole;
import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * A router's IPv6 firewall. It shows no list, and its ids are valid only until the router restarts; but the same
 * pinhole asked for again is answered with its id. So ajar extends a pinhole by asking for it again, and to close one
 * it asks again and closes the id in the answer.
 */
public final class PinholeGateway implements Gateway {
    /** The lease of a pinhole that is being closed, in seconds. */
    private static final long LAST_MOMENT = 60;

    private final GatewayInfo info;
    private final URI location;
    private final FirewallControl firewall;
    private final Timeline timeline;

    /** @param info with the address it is asked from as its local address: routers compare it with InternalClient */
    public PinholeGateway(GatewayInfo info, URI location, RetryingService service, Timeline timeline) {
        this.info = info;
        this.location = location;
        this.firewall = new FirewallControl(service);
        this.timeline = timeline;
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        return new Claim(
                mapping,
                info.id(),
                mapping.target().seenFrom(info.localAddress()),
                new Pinhole(location),
                timeline.instant());
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        if (!isOneOrAll(claim)) {
            // miniupnpd says yes to anything else, and lets in other addresses than the ones asked for.
            return Result.err(new Failure.Unsupported(Message.of("pinhole.no-networks"), Optional.empty()));
        }
        PinholeRequest request = PinholeRequest.of(claim);
        SoapReply<Integer> reply = firewall.addPinhole(request, deadline);
        boolean perhapsTooLong = reply instanceof SoapReply.Fault<Integer>(int code, var text)
                && code == PinholeErrors.INVALID_ARGS
                && request.leaseSeconds() > PinholeRequest.USUAL;
        if (perhapsTooLong) {
            request = request.lasting(PinholeRequest.USUAL);
            reply = firewall.addPinhole(request, deadline);
        }
        return switch (reply) {
            case SoapReply.Success<Integer>(Integer id) -> Result.ok(granted(claim, id, request, deadline));
            case SoapReply.Fault<Integer>(int code, RouterText text) -> refused(claim, code, text, deadline);
            case SoapReply.Broken<Integer>(Failure failure) -> Result.err(failure);
        };
    }

    private static boolean isOneOrAll(Claim claim) {
        return claim.mapping().remote().stream()
                .allMatch(some -> some.single().isPresent() && IpVersion.of(some.network()) == IpVersion.IPV6);
    }

    private Grant granted(Claim claim, int id, PinholeRequest request, Deadline deadline) {
        return new Grant.Granted(new Lease(
                claim,
                claim.internal().port(),
                LeaseDuration.ofSeconds(request.leaseSeconds()),
                timeline.instant(),
                Optional.of(claim.internal().address()),
                Optional.empty(),
                isThere(id, deadline)));
    }

    /** Not every firewall says whether a pinhole works; most say at least how many packets came, or that none did. */
    private boolean isThere(int id, Deadline deadline) {
        return switch (firewall.checkPinholeWorking(id, deadline)) {
            case SoapReply.Success<Boolean>(Boolean works) -> works;
            case SoapReply.Fault<Boolean>(int code, var text) ->
                code == PinholeErrors.NO_TRAFFIC
                        || firewall.getPinholePackets(id, deadline) instanceof SoapReply.Success<Integer>;
            case SoapReply.Broken<Boolean> ignored -> false;
        };
    }

    /** A firewall that is off keeps nothing out. */
    private Result<Grant> refused(Claim claim, int code, RouterText text, Deadline deadline) {
        if (code == PinholeErrors.FIREWALL_DISABLED) {
            return Result.ok(openAnyway(claim));
        }
        if (firewall.getFirewallStatus(deadline)
                instanceof SoapReply.Success<FirewallControl.Status>(FirewallControl.Status status)) {
            if (!status.enabled()) {
                return Result.ok(openAnyway(claim));
            }
            if (!status.pinholesAllowed()) {
                return Result.err(PinholeErrors.notAllowed(
                        PinholeErrors.failure(code, text, claim).router()));
            }
        }
        return Result.err(PinholeErrors.failure(code, text, claim));
    }

    private static Grant openAnyway(Claim claim) {
        return new Grant.OpenAnyway(claim.internal(), Message.of("pinhole.firewall-off"));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        if (claim.isMisdirected(info.localAddress())) {
            return Result.err(new Failure.Unsupported(
                    Message.of(
                            "pinhole.moved",
                            "address",
                            Addresses.text(claim.internal().address())),
                    Optional.empty()));
        }
        return switch (named(PinholeRequest.of(claim), deadline)) {
            case SoapReply.Success<Integer>(Integer id) -> delete(claim, id, deadline);
            case SoapReply.Fault<Integer>(int code, RouterText text) ->
                code == PinholeErrors.FIREWALL_DISABLED
                        ? Result.ok(new Removed())
                        : Result.err(PinholeErrors.failure(code, text, claim));
            case SoapReply.Broken<Integer>(Failure failure) -> Result.err(failure);
        };
    }

    /** Its id, by asking for it with a short lease: if the rest gets lost, the pinhole soon ends by itself. */
    private SoapReply<Integer> named(PinholeRequest request, Deadline deadline) {
        SoapReply<Integer> reply = firewall.addPinhole(request.lasting(LAST_MOMENT), deadline);
        boolean perhapsTooShort =
                reply instanceof SoapReply.Fault<Integer>(int code, var text) && code == PinholeErrors.INVALID_ARGS;
        return perhapsTooShort ? firewall.addPinhole(request.lasting(PinholeRequest.USUAL), deadline) : reply;
    }

    /** Where deleting does not work, a lease of one second does (miniupnp/miniupnp#600). */
    private Result<Removed> delete(Claim claim, int id, Deadline deadline) {
        return switch (firewall.deletePinhole(id, deadline)) {
            case SoapReply.Success<FirewallControl.Success> ignored -> Result.ok(new Removed());
            case SoapReply.Fault<FirewallControl.Success>(int code, RouterText text) -> {
                boolean ends = code == PinholeErrors.NO_SUCH_PINHOLE
                        || firewall.updatePinhole(id, 1, deadline)
                                instanceof SoapReply.Success<FirewallControl.Success>;
                yield ends ? Result.ok(new Removed()) : Result.err(PinholeErrors.failure(code, text, claim));
            }
            case SoapReply.Broken<FirewallControl.Success>(Failure failure) -> Result.err(failure);
        };
    }

    /** This machine's own address, since nothing is translated. */
    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return Result.ok(Optional.of(info.localAddress()));
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return switch (firewall.getFirewallStatus(deadline)) {
            case SoapReply.Broken<FirewallControl.Status>(Failure failure) -> Result.err(failure);
            case SoapReply.Success<FirewallControl.Status> ignored -> Result.ok(ALIVE);
            case SoapReply.Fault<FirewallControl.Status> ignored -> Result.ok(ALIVE);
        };
    }

    private static final HealthCheck ALIVE = new HealthCheck(Optional.empty(), Optional.empty(), false);

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        return new Presence.Unknown(Message.of("pinhole.no-list"), true);
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return Result.err(new Failure.Unsupported(Message.of("pinhole.no-list"), Optional.empty()));
    }
}
