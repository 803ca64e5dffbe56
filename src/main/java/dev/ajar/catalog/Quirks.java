package dev.ajar.catalog;

import dev.ajar.model.Adjustment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The adjustments to try, in order, when a router refuses to map a port.
 *
 * @param fallbacks for errors whose meaning is known
 * @param unexplained for errors of unknown meaning
 * @param unanswered where no answer came, and where the router agreed and changed nothing
 * @param finalErrors errors after which asking again cannot help
 * @param anewEvery how often to delete an entry and make it anew, which the router still lists and no longer heeds;
 *     empty for never
 */
public record Quirks(
        List<Fallback> fallbacks,
        List<Adjustment> unexplained,
        List<Adjustment> unanswered,
        Set<Integer> finalErrors,
        Optional<Duration> anewEvery) {
    /** The adjustment to try after certain errors. */
    public record Fallback(Set<Integer> onErrors, Adjustment adjustment) {}

    /**
     * The next adjustment to try.
     *
     * @param error the router's code; empty when it gave none
     * @param exhausted adjustments that were tried often enough or do not apply
     */
    public Optional<Adjustment> after(Optional<Integer> error, Set<Adjustment> exhausted) {
        if (error.isEmpty()) {
            return first(unanswered, exhausted);
        }
        if (isFinal(error.get())) {
            return Optional.empty();
        }
        List<Adjustment> known = fallbacks.stream()
                .filter(fallback -> fallback.onErrors().contains(error.get()))
                .map(Fallback::adjustment)
                .toList();
        return first(known.isEmpty() ? unexplained : known, exhausted);
    }

    /** Whether asking again after that code cannot help. */
    public boolean isFinal(int error) {
        return finalErrors.contains(error);
    }

    private static Optional<Adjustment> first(List<Adjustment> choices, Set<Adjustment> exhausted) {
        return choices.stream().filter(choice -> !exhausted.contains(choice)).findFirst();
    }
}
