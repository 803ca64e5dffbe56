package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.model.Claim;
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
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A gateway that plants faults: it changes the answers of a real one. */
class FaultyGateway implements Gateway {
    private final Gateway real;

    FaultyGateway(Gateway real) {
        this.real = real;
    }

    /** Removes the epoch from every health check. */
    static UnaryOperator<GatewaySource> ignoringEpochs() {
        return SimulationTest.changing(gateway -> new FaultyGateway(gateway) {
            @Override
            public Result<HealthCheck> checkHealth(Deadline deadline) {
                return super.checkHealth(deadline)
                        .map(health -> new HealthCheck(Optional.empty(), health.address(), health.tellsAddress()));
            }
        });
    }

    /** Shows every entry as one made by ajar. */
    static UnaryOperator<GatewaySource> claimingAllEntries() {
        return SimulationTest.changing(gateway -> new FaultyGateway(gateway) {
            @Override
            public Presence look(
                    TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
                Presence seen = super.look(protocol, externalPort, remote, deadline);
                return seen instanceof Presence.Present(ObservedMapping entry)
                        ? new Presence.Present(asOurs(entry))
                        : seen;
            }
        });
    }

    private static ObservedMapping asOurs(ObservedMapping entry) {
        return new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                new RouterText(Samples.HERE.getHostAddress()),
                entry.externalPort(),
                entry.remoteHost(),
                RouterText.EMPTY,
                true,
                entry.lease());
    }

    /** Answers a renewal with the first grant instead of sending it. */
    static UnaryOperator<GatewaySource> neverRenewing() {
        Map<Claim, Lease> granted = new HashMap<>();
        return SimulationTest.changing(gateway -> new FaultyGateway(gateway) {
            @Override
            public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
                Claim timeless = new Claim(
                        claim.mapping(), claim.gateway(), claim.internal(), claim.handle(), java.time.Instant.EPOCH);
                Lease before = granted.get(timeless);
                if (before != null) {
                    return Result.ok(new Grant.Granted(before));
                }
                Result<Grant> result = super.map(claim, history, deadline);
                if (result instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal))) {
                    granted.put(timeless, lease);
                }
                return result;
            }
        });
    }

    @Override
    public GatewayInfo info() {
        return real.info();
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        return real.claim(mapping, earlier);
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        return real.map(claim, history, deadline);
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        return real.unmap(claim, externalPort, deadline);
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return real.externalAddress(deadline);
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return real.checkHealth(deadline);
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        return real.look(protocol, externalPort, remote, deadline);
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return real.list(deadline);
    }
}
