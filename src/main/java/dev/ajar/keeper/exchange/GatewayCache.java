package dev.ajar.keeper.exchange;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.mapping.removal.RouterTables;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The gateways that answered last time, so that most requests need no search. For any thread. */
public final class GatewayCache {
    /** A router is not asked more often whether it has a table beside a protocol that has none. */
    private static final Duration BETWEEN_SEARCHES = Duration.ofHours(1);

    private final GatewaySource gateways;
    private final RouterTables tables;
    private final RouterTables otherTables;
    private final Map<Key, Gateway> known = new ConcurrentHashMap<>();

    public GatewayCache(GatewaySource gateways) {
        this.gateways = gateways;
        this.tables = new RouterTables(gateways);
        this.otherTables = new RouterTables(gateways, BETWEEN_SEARCHES);
    }

    /** A machine with several addresses asks for each mapping from its own. */
    private record Key(GatewayId gateway, InetAddress from) {}

    Result<Gateway> of(Claim claim, Deadline deadline) {
        Key key = new Key(claim.gateway(), claim.internal().address());
        Gateway cached = known.get(key);
        if (cached != null) {
            return Result.ok(cached);
        }
        Result<Gateway> found = gateways.reopen(claim, deadline);
        if (found instanceof Result.Ok<Gateway>(Gateway gateway)) {
            known.put(key, gateway);
        }
        return found;
    }

    RouterTables tables() {
        return tables;
    }

    /**
     * What the router of a lease tells of it in a protocol that shows its table; empty where it has none, or does not
     * answer.
     */
    Optional<Presence> inOtherTable(Lease lease, Deadline deadline) {
        GatewayId id = lease.claim().gateway();
        return otherTables.of(id, deadline).map(table -> {
            Presence presence = table.look(
                    lease.protocol(),
                    lease.externalPort(),
                    lease.claim().mapping().remote(),
                    deadline);
            if (presence instanceof Presence.Unknown unknown && !unknown.withheld()) {
                otherTables.forget(id);
            }
            return presence;
        });
    }

    /** For a gateway that did not answer: it may have another address, or other ports since a restart. */
    void forget(GatewayId id) {
        known.keySet().removeIf(key -> key.gateway().equals(id));
    }

    public void forgetAll() {
        known.clear();
        tables.forgetAll();
        otherTables.forgetAll();
    }
}
