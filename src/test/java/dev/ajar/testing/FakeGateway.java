package dev.ajar.testing;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A gateway that grants everything. */
public final class FakeGateway implements Gateway {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private final GatewayInfo info;

    public FakeGateway(MappingProtocol method) {
        Set<Capability> capabilities =
                method.equals(UpnpProtocol.UPNP) ? EnumSet.allOf(Capability.class) : EnumSet.noneOf(Capability.class);
        info = new GatewayInfo(
                new GatewayId(method, Samples.GATEWAY),
                Samples.ROUTE,
                method.title(),
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                capabilities);
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        return new Claim(mapping, info.id(), mapping.target().seenFrom(Samples.HERE), Samples.natPmpHandle(), NOW);
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        return Result.ok(new Grant.Granted(new Lease(
                claim,
                claim.mapping().externalPort(),
                claim.mapping().lease(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                true)));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        return Result.ok(new Removed());
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return Result.ok(Optional.of(Samples.ip("11.22.33.1")));
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return externalAddress(deadline).map(address -> new HealthCheck(Optional.empty(), address, true));
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        return new Presence.Absent();
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return Result.ok(new MappingTable(List.of(), true, List.of()));
    }
}
