package dev.ajar.catalog.guide;

import dev.ajar.message.Message;
import java.util.List;

/**
 * One step of the guide.
 *
 * @param text the instruction, as a sentence
 * @param entries the fields to fill in, in the order of the form
 */
public record GuideStep(Message text, List<Entry> entries) {
    public GuideStep {
        entries = List.copyOf(entries);
    }

    static GuideStep of(Message text) {
        return new GuideStep(text, List.of());
    }

    /**
     * A field and its value.
     *
     * @param label its name on the page
     */
    public record Entry(String label, Message value) {}
}
