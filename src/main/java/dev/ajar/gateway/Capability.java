package dev.ajar.gateway;

import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Target;

import java.util.EnumSet;
import java.util.Set;

/** What one protocol can do and another cannot. */
public enum Capability {
    /** Shows the gateway's table, other programs' mappings included. */
    LISTS_MAPPINGS,
    /** Opens ports for other devices of the LAN. */
    OTHER_HOSTS,
    /** Opens ports without an end. */
    PERMANENT_LEASE;

    /** What {@code mapping} cannot do without. */
    public static Set<Capability> neededBy(Mapping mapping) {
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        switch (mapping.target()) {
            case Target.ThisHost ignored -> {}
            case Target.OtherHost ignored -> needed.add(OTHER_HOSTS);
        }
        switch (mapping.lease()) {
            case LeaseDuration.Finite ignored -> {}
            case LeaseDuration.Permanent ignored -> needed.add(PERMANENT_LEASE);
        }
        return needed;
    }
}
