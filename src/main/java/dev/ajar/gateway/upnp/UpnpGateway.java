package dev.ajar.gateway.upnp;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.Ownership;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Protocol;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.profile.Quirks;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An Internet Gateway Device. */
final class UpnpGateway implements Gateway {
    private final GatewayInfo info;
    private final List<WanConnection> services;
    private final Supplier<Quirks> quirks;
    private final Timeline timeline;
    private @Nullable WanConnection chosen;

    /** @param services at least one */
    UpnpGateway(GatewayInfo info, List<WanConnection> services, Supplier<Quirks> quirks, Timeline timeline) {
        this.info = info;
        this.services = List.copyOf(services);
        this.quirks = quirks;
        this.timeline = timeline;
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    private WanConnection wan(Deadline deadline) {
        WanConnection wan = chosen;
        if (wan == null) {
            wan = ServiceChoice.best(services, deadline);
            chosen = wan;
        }
        return wan;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        LeaseHandle handle = new LeaseHandle.UpnpLocation(info.location().orElseThrow());
        return new Claim(
                mapping, info.id(), mapping.target().seenFrom(info.localAddress()), handle, timeline.instant());
    }

    @Override
    public Result<Grant> map(Claim claim, Ownership ownership, Deadline deadline) {
        return new UpnpOpening(wan(deadline), quirks, claim, ownership, deadline)
                .run()
                .map(outcome -> switch (outcome) {
                    case UpnpOpening.Outcome.Opened opened -> new Grant.Granted(lease(claim, opened));
                    case UpnpOpening.Outcome.AlreadyThere there -> new Grant.AlreadyThere(there.entry());
                });
    }

    private Lease lease(Claim claim, UpnpOpening.Outcome.Opened opened) {
        return new Lease(
                claim,
                opened.request().externalPort(),
                GrantedLease.of(opened.request().lease(), opened.entry().flatMap(ObservedMapping::lease)),
                timeline.instant(),
                Optional.empty(),
                opened.entry().isPresent());
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        Protocol protocol = claim.mapping().protocol();
        return switch (wan(deadline).deletePortMapping(protocol, externalPort, deadline)) {
            case SoapReply.Done<WanConnection.Done> ignored -> Result.ok(new Removed());
            case SoapReply.Fault<WanConnection.Done>(int code, RouterText text) ->
                // Both say that there is no such entry; the second is WANIPConnection:2's word for it.
                code == UpnpErrors.NO_SUCH_ENTRY || code == UpnpErrors.NOT_FOUND_IN_RANGE
                        ? Result.ok(new Removed())
                        : Result.err(
                                new Failure.Refused("the router would not remove it", UpnpErrors.error(code, text)));
            case SoapReply.Broken<WanConnection.Done>(Failure failure) -> unlessGone(protocol, externalPort, failure, deadline);
        };
    }

    private Result<Removed> unlessGone(Protocol protocol, Port externalPort, Failure failure, Deadline deadline) {
        return switch (look(protocol, externalPort, deadline)) {
            case Presence.Absent ignored -> Result.ok(new Removed());
            case Presence.Present ignored -> Result.err(failure);
            case Presence.Unknown ignored -> Result.err(failure);
        };
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return switch (wan(deadline).getExternalIpAddress(deadline)) {
            case SoapReply.Done<Optional<InetAddress>>(Optional<InetAddress> address) -> Result.ok(address);
            case SoapReply.Fault<Optional<InetAddress>>(int code, RouterText text) ->
                Result.err(UpnpErrors.failure(code, text));
            case SoapReply.Broken<Optional<InetAddress>>(Failure failure) -> Result.err(failure);
        };
    }

    @Override
    public Presence look(Protocol protocol, Port externalPort, Deadline deadline) {
        return new UpnpTable(wan(deadline)).look(protocol, externalPort, deadline);
    }

    @Override
    public Result<List<ObservedMapping>> list(Deadline deadline) {
        return new UpnpTable(wan(deadline)).list(deadline);
    }

    /** Which lease to count on, given the one asked for and the one read back. */
    static final class GrantedLease {
        private GrantedLease() {}

        static LeaseDuration of(LeaseDuration asked, Optional<LeaseDuration> readBack) {
            return switch (asked) {
                // IGD:2 turns "permanent" into a week without saying so; the list does say so.
                case LeaseDuration.Permanent permanent -> readBack.orElse(permanent);
                case LeaseDuration.Finite finite ->
                    readBack.filter(LeaseDuration.Finite.class::isInstance)
                            .filter(read -> read.seconds() < finite.seconds() * 9 / 10)
                            .orElse(finite);
            };
        }
    }
}
