package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The protocol in which a router shows its table of port mappings, where a mapping was made in one that does not. After
 * a change of this machine's address all its mappings need it, so one search serves them all. For any thread.
 */
public final class RouterTables {
    /** A router that does not show its table soon has none. */
    private static final Duration SEARCH = Duration.ofMillis(2500);

    /** For how long the outcome of a search counts; the router may then have another protocol switched on or off. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final GatewaySource gateways;
    private final Duration fresh;
    private final Map<InetAddress, Searched> searches = new ConcurrentHashMap<>();

    /** @param at when the search ended, on the clock that counts sleep too */
    private record Searched(Optional<Gateway> table, Duration at) {}

    public RouterTables(GatewaySource gateways) {
        this(gateways, FRESH);
    }

    /** @param fresh for how long the outcome of a search counts, in place of the usual time */
    public RouterTables(GatewaySource gateways, Duration fresh) {
        this.gateways = gateways;
        this.fresh = fresh;
    }

    /** @return empty where the router of {@code box} shows none */
    public Optional<Gateway> of(GatewayId box, Deadline deadline) {
        Searched known = searches.get(box.address());
        Duration now = deadline.timeline().elapsed();
        if (known == null || now.minus(known.at()).compareTo(fresh) > 0) {
            boolean inTime = deadline.remaining().compareTo(SEARCH) >= 0;
            known = new Searched(search(box, deadline), deadline.timeline().elapsed());
            // A search that was cut short shows nothing by finding nothing.
            if (inTime || known.table().isPresent()) {
                searches.put(box.address(), known);
            }
        }
        return known.table().filter(table -> table.info().id().isSameBox(box));
    }

    private Optional<Gateway> search(GatewayId box, Deadline deadline) {
        GatewaySelector selection =
                new GatewaySelector(GatewaySelector.AUTO.protocols(), Optional.of(box.address()), Optional.empty());
        try (GatewayCandidates search = gateways.search(selection, deadline.within(SEARCH))) {
            return search.next(Set.of(Capability.LISTS_MAPPINGS));
        }
    }

    /** For a table that did not answer: its router may have restarted and have it in another place. */
    public void forget(GatewayId box) {
        searches.remove(box.address());
    }

    /** After a change of the network: what was found before asks from an address that may be gone. */
    public void forgetAll() {
        searches.clear();
    }
}
