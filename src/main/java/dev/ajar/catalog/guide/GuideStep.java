package dev.ajar.catalog.guide;

import java.util.List;

/**
 * One thing to do.
 *
 * @param text a sentence
 * @param entries what to fill in, in the order of the form
 */
public record GuideStep(String text, List<Entry> entries) {
    public GuideStep {
        entries = List.copyOf(entries);
    }

    static GuideStep of(String text) {
        return new GuideStep(text, List.of());
    }

    /**
     * A field and what to put there.
     *
     * @param label its very name on the page
     */
    public record Entry(String label, String value) {}
}
