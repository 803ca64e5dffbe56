package dev.ajar.profile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to try, in order, when a router refuses to map a port.
 *
 * @param fallbacks for errors whose meaning is known
 * @param unexplained for errors nobody has a meaning for, and for answers that were none
 * @param finalErrors errors after which asking again cannot help
 */
public record Quirks(List<Fallback> fallbacks, List<Adjustment> unexplained, Set<Integer> finalErrors) {
    /**
     * The next thing to try.
     *
     * @param error the router's code; empty when it gave none
     * @param exhausted what has been tried often enough or does not apply
     */
    public Optional<Adjustment> after(Optional<Integer> error, Set<Adjustment> exhausted) {
        if (error.filter(finalErrors::contains).isPresent()) {
            return Optional.empty();
        }
        List<Adjustment> known = fallbacks.stream()
                .filter(fallback -> error.filter(fallback.onErrors()::contains).isPresent())
                .map(Fallback::adjustment)
                .toList();
        List<Adjustment> choices = known.isEmpty() ? unexplained : known;
        return choices.stream().filter(choice -> !exhausted.contains(choice)).findFirst();
    }
}
