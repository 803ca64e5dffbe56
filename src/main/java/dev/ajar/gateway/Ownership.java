package dev.ajar.gateway;

import dev.ajar.model.ObservedMapping;

/** Tells our own entries in a gateway's table from everybody else's. */
@FunctionalInterface
public interface Ownership {
    /** Nothing is ours. */
    Ownership NONE = entry -> false;

    boolean isOurs(ObservedMapping entry);
}
