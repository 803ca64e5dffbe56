package dev.ajar.gateway;

import dev.ajar.model.MappingProtocol;
import dev.ajar.system.Deadline;
import java.util.Set;

/** One way of finding gateways. */
public interface GatewayFinder {
    /** The protocols it knows. */
    Set<MappingProtocol> methods();

    /** Searches until it is sure, the deadline passes or its thread is interrupted. */
    DiscoveryResult find(SearchScope scope, Deadline deadline);

    /** The same, and tells meanwhile how far it is. One that tells nothing counts as having asked when it began. */
    default DiscoveryResult find(SearchScope scope, Deadline deadline, SearchWatch watch) {
        watch.asked();
        return find(scope, deadline);
    }
}
