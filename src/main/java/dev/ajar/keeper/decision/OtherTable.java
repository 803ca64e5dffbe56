package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import java.util.Optional;

/**
 * What a table that the same router shows in another protocol tells of a mapping whose own protocol has none. What it
 * has shown since the grant and shows no longer is asked for again; what it never showed it may hide. Pure.
 */
public final class OtherTable {
    private OtherTable() {}

    /**
     * Whether it is looked at: once after each grant, and again and again once it has shown the mapping. A mapping that
     * is to be made anew needs no look, and a list of port mappings has no pinholes.
     */
    public static boolean mayTell(MappingState.Active open) {
        Lease lease = open.lease();
        boolean without =
                !lease.isListed() && lease.claim().gateway().method().traits().hasEpoch();
        return without
                && lease.claim().ipVersion() == IpVersion.IPV4
                && !open.distrusted()
                && (!open.hidden() || wasShown(open));
    }

    /** Only a grant and what a table showed confirm it. */
    private static boolean wasShown(MappingState.Active open) {
        return open.confirmedAt().compareTo(open.grantedAt()) > 0;
    }

    /** @return empty where it tells nothing */
    public static Optional<Observation> tells(TrackedMapping tracked, MappingState.Active open, Presence presence) {
        return switch (presence) {
            case Presence.Present(ObservedMapping entry)
            when entry.pointsTo(open.lease().internal()) && entry.enabled() ->
                Optional.of(new Observation.ShownInOtherTable(tracked, open));
            case Presence.Present ignored -> missing(tracked, open);
            case Presence.Absent(boolean doubtful) -> doubtful ? Optional.empty() : missing(tracked, open);
            case Presence.Unknown ignored -> Optional.empty();
        };
    }

    private static Optional<Observation> missing(TrackedMapping tracked, MappingState.Active open) {
        return wasShown(open) ? Optional.of(new Observation.MissingInOtherTable(tracked, open)) : Optional.empty();
    }
}
