package dev.ajar.gateway;

import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Target;
import java.util.EnumSet;
import java.util.Set;

/** What one protocol can do and another cannot. */
public enum Capability {
    /** Shows the gateway's table, with the mappings of other programs. */
    LISTS_MAPPINGS,
    /** Opens ports for other devices of the LAN. */
    OTHER_HOSTS,
    /** Opens ports for one remote host alone. */
    REMOTE_HOST,
    /** Opens ports without an end. */
    PERMANENT_LEASE,
    /** Can be asked to open ports for other devices (RFC 6887 section 13.1); few servers do it. */
    MAY_SERVE_OTHERS,
    /** Can be asked to let in some hosts alone (RFC 6887 section 13.3); some servers say yes and let in all. */
    MAY_FILTER,
    /** Closes a pinhole that another protocol opened for the same internal client. */
    REMOVES_OTHERS_PINHOLES;

    /** What {@code mapping} cannot do without. */
    public static Set<Capability> neededBy(Mapping mapping) {
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        switch (mapping.target()) {
            case Target.ThisHost ignored -> {}
            case Target.InnerRouter ignored -> {}
            case Target.OtherHost ignored -> needed.add(OTHER_HOSTS);
        }
        mapping.remote().ifPresent(some -> needed.add(some.single().isPresent() ? REMOTE_HOST : MAY_FILTER));
        switch (mapping.lease()) {
            case LeaseDuration.Finite ignored -> {}
            case LeaseDuration.Permanent ignored -> needed.add(PERMANENT_LEASE);
        }
        return needed;
    }

    /** What to ask for instead, where no gateway can do {@code needed} for certain. */
    public static Set<Capability> inPlaceOf(Set<Capability> needed) {
        Set<Capability> lesser = needed.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(needed);
        if (lesser.remove(OTHER_HOSTS)) {
            lesser.add(MAY_SERVE_OTHERS);
        }
        if (lesser.remove(REMOTE_HOST)) {
            lesser.add(MAY_FILTER);
        }
        return lesser;
    }
}
