package dev.ajar.keeper.exchange;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.mapping.removal.RouterTables;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gateways that answered last time, so that most requests need no search. For any thread. */
public final class GatewayCache {
    private final GatewaySource gateways;
    private final RouterTables tables;
    private final Map<Key, Gateway> known = new ConcurrentHashMap<>();

    public GatewayCache(GatewaySource gateways) {
        this.gateways = gateways;
        this.tables = new RouterTables(gateways);
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

    /** For a gateway that did not answer: it may have another address, or other ports since a restart. */
    void forget(GatewayId id) {
        known.keySet().removeIf(key -> key.gateway().equals(id));
    }

    public void forgetAll() {
        known.clear();
        tables.forgetAll();
    }
}
