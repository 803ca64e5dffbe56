package dev.ajar.keeper;

import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.util.function.Predicate;

/**
 * Whose wishes a keeper keeps.
 *
 * @param mine whether those of this owner
 * @param lives whether the process a wish was made for is still there
 */
public record OwnerScope(Predicate<Owner> mine, Predicate<Owner.Launch> lives) {
    /** What was opened by hand and what the configuration names. */
    public static OwnerScope ofAllOwners(Predicate<Owner.Launch> lives) {
        return new OwnerScope(
                owner -> switch (owner) {
                    case Owner.User ignored -> true;
                    case Owner.Configuration ignored -> true;
                    case Owner.Launch ignored -> false;
                },
                lives);
    }

    /** What one launched program needs. */
    public static OwnerScope ofLaunch(Owner.Launch launch, Predicate<Owner.Launch> lives) {
        return new OwnerScope(launch::equals, lives);
    }

    boolean includes(Owner owner) {
        return mine.test(owner);
    }

    boolean hasEnded(Owner owner) {
        return owner instanceof Owner.Launch launch && !lives.test(launch);
    }

    /** Whether somebody it speaks for is served by {@code holding}. */
    boolean concerns(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> includes(desired.owner()))
                .anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }
}
