package dev.ajar.keeper.model;

import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.util.function.Predicate;

/**
 * The owners whose desired mappings a keeper keeps open.
 *
 * @param mine whether the keeper serves this owner
 * @param lives whether the process that owns a desired mapping still runs
 */
public record OwnerScope(Predicate<Owner> mine, Predicate<Owner.Launch> lives) {
    /** The mappings of all owners but launched programs, which have keepers of their own. */
    public static OwnerScope ofAllOwners(Predicate<Owner.Launch> lives) {
        return new OwnerScope(owner -> isLasting(owner) || owner instanceof Owner.Container, lives);
    }

    /** The mappings that the user opened and those of the configuration, where no process watches containers. */
    public static OwnerScope ofLastingOwners(Predicate<Owner.Launch> lives) {
        return new OwnerScope(OwnerScope::isLasting, lives);
    }

    private static boolean isLasting(Owner owner) {
        return switch (owner) {
            case Owner.User ignored -> true;
            case Owner.Configuration ignored -> true;
            case Owner.Launch ignored -> false;
            case Owner.Container ignored -> false;
        };
    }

    /** The mappings of one launched program. */
    public static OwnerScope ofLaunch(Owner.Launch launch, Predicate<Owner.Launch> lives) {
        return new OwnerScope(launch::equals, lives);
    }

    public boolean includes(Owner owner) {
        return mine.test(owner);
    }

    public boolean hasEnded(Owner owner) {
        return owner instanceof Owner.Launch launch && !lives.test(launch);
    }

    /** Whether {@code mappingRecord} serves a desired mapping of one of these owners. */
    public boolean concerns(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> includes(desired.owner()))
                .anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }
}
