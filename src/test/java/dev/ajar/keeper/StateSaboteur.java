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

/** Plants faults: a gateway whose answers are changed on their way to the keeper. */
class StateSaboteur implements Gateway {
    private final Gateway real;

    StateSaboteur(Gateway real) {
        this.real = real;
    }

    /** Epochs are never heard. */
    static UnaryOperator<GatewaySource> deafToEpochs() {
        return SimulationTest.changing(gateway -> new StateSaboteur(gateway) {
            @Override
            public Result<HealthCheck> checkHealth(Deadline deadline) {
                return super.checkHealth(deadline)
                        .map(health -> new HealthCheck(Optional.empty(), health.address(), health.tellsAddress()));
            }
        });
    }

    /** Every entry looks like ours. */
    static UnaryOperator<GatewaySource> takingAllForOurs() {
        return SimulationTest.changing(gateway -> new StateSaboteur(gateway) {
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

    /** What was granted once is called granted ever after. */
    static UnaryOperator<GatewaySource> neverRenewing() {
        Map<Claim, Lease> granted = new HashMap<>();
        return SimulationTest.changing(gateway -> new StateSaboteur(gateway) {
            @Override
            public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
                Claim timeless = new Claim(
                        claim.mapping(), claim.gateway(), claim.internal(), claim.handle(), java.time.Instant.EPOCH);
                Lease before = granted.get(timeless);
                if (before != null) {
                    return Result.ok(new Grant.Granted(before));
                }
                Result<Grant> result = super.map(claim, history, deadline);
                if (result instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned))) {
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
