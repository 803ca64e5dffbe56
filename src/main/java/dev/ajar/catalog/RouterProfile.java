package dev.ajar.catalog;

import java.util.List;
import java.util.Locale;

/**
 * What is known of a make of router.
 *
 * @param manufacturers words of which one stands in its manufacturer; none to take any
 * @param models words of which one stands in its model; none to take any
 * @param quirks how it differs from the standard ladder
 */
record RouterProfile(String id, List<String> manufacturers, List<String> models, RouterQuirks quirks) {
    /** Whether it is about a router that calls itself so. One that recognises nothing recognises no router. */
    boolean recognises(String manufacturer, String model) {
        boolean says = !manufacturers.isEmpty() || !models.isEmpty();
        return says && holds(manufacturers, manufacturer) && holds(models, model);
    }

    private static boolean holds(List<String> words, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }
}
