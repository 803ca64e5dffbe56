package dev.ajar.gateway;

import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;

/** A gateway's yes. */
public sealed interface Grant {
    /** The mapping was made, or extended, for us. */
    record Granted(Lease lease) implements Grant {}

    /** The very mapping was there already, made by another program: left as it is, and not ours to remove. */
    record AlreadyThere(ObservedMapping entry) implements Grant {}
}
