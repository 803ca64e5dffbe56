package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.HashMap;
import java.util.Map;

/** The gateways that answered last time, so that not every question begins with a search. */
final class GatewayCache {
    private final GatewaySource gateways;
    private final Map<GatewayId, Gateway> known = new HashMap<>();

    GatewayCache(GatewaySource gateways) {
        this.gateways = gateways;
    }

    Result<Gateway> of(Claim claim, Deadline deadline) {
        Gateway there = known.get(claim.gateway());
        if (there != null) {
            return Result.ok(there);
        }
        Result<Gateway> found = gateways.reopen(claim, deadline);
        if (found instanceof Result.Ok<Gateway>(Gateway gateway)) {
            known.put(claim.gateway(), gateway);
        }
        return found;
    }

    /** It did not answer: it may have moved, or restarted with other ports. */
    void forget(GatewayId id) {
        known.remove(id);
    }

    void forgetAll() {
        known.clear();
    }
}
