package dev.ajar.gateway;

import dev.ajar.model.Method;
import dev.ajar.system.Deadline;
import java.util.Set;

/** One way of finding gateways. */
public interface GatewayFinder {
    /** The protocols it knows. */
    Set<Method> methods();

    /** Searches until it is sure, the deadline passes or its thread is interrupted. */
    Finding find(SearchScope scope, Deadline deadline);
}
