package dev.ajar.keeper;

import dev.ajar.state.Holding;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.util.function.Predicate;

/**
 * Whose wishes a keeper keeps.
 *
 * @param mine whether those of this owner
 * @param lives whether the process a wish was made for is still there
 */
public record Mandate(Predicate<Owner> mine, Predicate<Owner.Launch> lives) {
    /** What was opened by hand and what the configuration names. */
    public static Mandate ofEverybody(Predicate<Owner.Launch> lives) {
        return new Mandate(
                owner -> switch (owner) {
                    case Owner.Anybody ignored -> true;
                    case Owner.Configuration ignored -> true;
                    case Owner.Launch ignored -> false;
                },
                lives);
    }

    /** What one launched program needs. */
    public static Mandate ofLaunch(Owner.Launch launch, Predicate<Owner.Launch> lives) {
        return new Mandate(launch::equals, lives);
    }

    boolean includes(Owner owner) {
        return mine.test(owner);
    }

    boolean hasEnded(Owner owner) {
        return owner instanceof Owner.Launch launch && !lives.test(launch);
    }

    /** Whether somebody it speaks for is served by {@code holding}. */
    boolean concerns(Snapshot snapshot, Holding holding) {
        return snapshot.wishes().stream()
                .filter(wish -> includes(wish.owner()))
                .anyMatch(wish -> wish.isServedBy(holding.claim()));
    }
}
