package dev.ajar.toy;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A toy router as a gateway. */
final class ToyGateway implements Gateway {
    private final ToyRouter router;
    private final GatewayInfo info;

    ToyGateway(ToyRouter router, LocalRoute route, InetAddress address) {
        this.router = router;
        this.info = new GatewayInfo(
                new GatewayId(ToyProtocol.TOY, address),
                route,
                "1.0",
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                Set.of(Capability.LISTS_MAPPINGS));
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        LeaseHandle ticket = earlier.filter(ToyProtocol.Ticket.class::isInstance)
                .orElseGet(() -> new ToyProtocol.Ticket(UUID.randomUUID().toString()));
        return new Claim(
                mapping, info.id(), mapping.target().seenFrom(info.localAddress()), ticket, router.timeline.instant());
    }

    private static ToyRouter.Key key(Claim claim) {
        return new ToyRouter.Key(claim.mapping().protocol(), claim.mapping().externalPort());
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        Claim holder = router.table.getOrDefault(key(claim), claim);
        if (!holder.handle().equals(claim.handle())) {
            return Result.err(new Failure.Conflict(
                    Message.verbatim("the port is taken"), Optional.of(holder.internal()), Optional.empty()));
        }
        router.table.put(key(claim), claim);
        return Result.ok(new Grant.Granted(new Lease(
                claim,
                claim.mapping().externalPort(),
                claim.mapping().lease(),
                router.timeline.instant(),
                Optional.empty(),
                Optional.empty(),
                true)));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        router.table.remove(new ToyRouter.Key(claim.mapping().protocol(), externalPort));
        return Result.ok(new Removed());
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return Result.ok(Addresses.ipv4("11.22.33.9"));
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return externalAddress(deadline).map(address -> new HealthCheck(Optional.empty(), address, true));
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        Claim holder = router.table.get(new ToyRouter.Key(protocol, externalPort));
        return holder == null ? new Presence.Absent() : new Presence.Present(entry(holder));
    }

    private static ObservedMapping entry(Claim claim) {
        return new ObservedMapping(
                claim.mapping().protocol(),
                claim.mapping().externalPort(),
                new RouterText(Addresses.text(claim.internal().address())),
                claim.internal().port(),
                RouterText.EMPTY,
                RouterText.EMPTY,
                true,
                Optional.of(claim.mapping().lease()));
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        List<ObservedMapping> entries = Map.copyOf(router.table).values().stream()
                .map(ToyGateway::entry)
                .toList();
        return Result.ok(new MappingTable(entries, true, List.of()));
    }
}
