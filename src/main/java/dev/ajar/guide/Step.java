package dev.ajar.guide;

import java.util.List;

/**
 * One thing to do.
 *
 * @param text a sentence
 * @param entries what to fill in, in the order of the form
 */
public record Step(String text, List<Entry> entries) {
    public Step {
        entries = List.copyOf(entries);
    }

    static Step of(String text) {
        return new Step(text, List.of());
    }

    /**
     * A field and what to put there.
     *
     * @param label its very name on the page
     */
    public record Entry(String label, String value) {}
}
