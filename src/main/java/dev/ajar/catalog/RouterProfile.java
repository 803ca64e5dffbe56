package dev.ajar.catalog;

import dev.ajar.model.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a make of router.
 *
 * @param manufacturers words of which one stands in its manufacturer; none to take any
 * @param models words of which one stands in its model; none to take any
 * @param quirks how it differs from the standard
 */
record RouterProfile(String id, List<String> manufacturers, List<String> models, RouterQuirks quirks) {
    /** Whether it is about a router of that manufacturer and model. One without words is about no router. */
    boolean recognises(String manufacturer, String model) {
        boolean any = !manufacturers.isEmpty() || !models.isEmpty();
        return any && containsOne(manufacturers, manufacturer) && containsOne(models, model);
    }

    private static boolean containsOne(List<String> words, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }

    /**
     * How a make of router differs from the standard; what is empty stays as it is there.
     *
     * @param fallbacks tried before the standard ones
     */
    record RouterQuirks(
            List<Quirks.Fallback> fallbacks,
            Optional<List<Adjustment>> unexplained,
            Optional<List<Adjustment>> unanswered,
            Optional<Set<Integer>> finalErrors) {
        Quirks over(Quirks standard) {
            List<Quirks.Fallback> all = new ArrayList<>(fallbacks);
            all.addAll(standard.fallbacks());
            return new Quirks(
                    List.copyOf(all),
                    unexplained.orElse(standard.unexplained()),
                    unanswered.orElse(standard.unanswered()),
                    finalErrors.orElse(standard.finalErrors()));
        }
    }
}
