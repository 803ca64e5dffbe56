package dev.ajar.catalog;

import dev.ajar.model.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a make of router differs from the standard ladder. What it does not speak of stays as it is.
 *
 * @param fallbacks tried before the standard ones
 */
record RouterQuirks(
        List<Fallback> fallbacks,
        Optional<List<Adjustment>> unexplained,
        Optional<List<Adjustment>> unanswered,
        Optional<Set<Integer>> finalErrors) {
    Quirks over(Quirks standard) {
        List<Fallback> all = new ArrayList<>(fallbacks);
        all.addAll(standard.fallbacks());
        return new Quirks(
                List.copyOf(all),
                unexplained.orElse(standard.unexplained()),
                unanswered.orElse(standard.unanswered()),
                finalErrors.orElse(standard.finalErrors()));
    }
}
