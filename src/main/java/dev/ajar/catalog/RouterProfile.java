package dev.ajar.catalog;

import dev.ajar.model.Adjustment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The profile of a make of router.
 *
 * @param manufacturers words, one of which is in the manufacturer; empty for any manufacturer
 * @param models words, one of which is in the model; empty for any model
 * @param quirks its differences from the standard profile
 */
record RouterProfile(String id, List<String> manufacturers, List<String> models, RouterQuirks quirks) {
    /** Whether it is for a router of that manufacturer and model. A profile without words is for none. */
    boolean recognises(String manufacturer, String model) {
        boolean any = !manufacturers.isEmpty() || !models.isEmpty();
        return any && containsOne(manufacturers, manufacturer) && containsOne(models, model);
    }

    private static boolean containsOne(List<String> words, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }

    /**
     * The differences from the standard profile; empty values stay as they are there.
     *
     * @param fallbacks tried before the standard ones
     */
    record RouterQuirks(
            List<Quirks.Fallback> fallbacks,
            Optional<List<Adjustment>> unexplained,
            Optional<List<Adjustment>> unanswered,
            Optional<Set<Integer>> finalErrors,
            Optional<Duration> anewEvery) {
        Quirks over(Quirks standard) {
            List<Quirks.Fallback> all = new ArrayList<>(fallbacks);
            all.addAll(standard.fallbacks());
            return new Quirks(
                    List.copyOf(all),
                    unexplained.orElse(standard.unexplained()),
                    unanswered.orElse(standard.unanswered()),
                    finalErrors.orElse(standard.finalErrors()),
                    anewEvery.or(standard::anewEvery));
        }
    }
}
