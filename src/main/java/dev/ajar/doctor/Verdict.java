package dev.ajar.doctor;

import dev.ajar.message.Message;
import java.util.List;

/**
 * What is wrong, and what to do.
 *
 * @param title what is wrong, as a sentence
 * @param next the one next step, as a sentence
 * @param because what was seen that leads there
 */
public record Verdict(Cause cause, Certainty certainty, Message title, Message next, List<Message> because) {
    public Verdict {
        because = List.copyOf(because);
    }

    static Verdict certain(Cause cause, Message title, Message next, Message... because) {
        return new Verdict(cause, Certainty.CERTAIN, title, next, List.of(because));
    }

    static Verdict likely(Cause cause, Message title, Message next, Message... because) {
        return new Verdict(cause, Certainty.LIKELY, title, next, List.of(because));
    }

    static Verdict open(Cause cause, Message title, Message next, Message... because) {
        return new Verdict(cause, Certainty.CANNOT_TELL, title, next, List.of(because));
    }

    /** The same for these reasons. */
    Verdict because(List<Message> reasons) {
        return new Verdict(cause, certainty, title, next, reasons);
    }

    /** The cause's name in JSON. */
    public String id() {
        return cause.id();
    }
}
