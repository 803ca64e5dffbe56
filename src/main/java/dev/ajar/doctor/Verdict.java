package dev.ajar.doctor;

import java.util.List;

/**
 * What is wrong, and what to do.
 *
 * @param id the name of the cause, for programs: it does not change
 * @param title what is wrong, as a sentence
 * @param next the one next step, as a sentence
 * @param because what was seen that leads there
 */
public record Verdict(String id, Certainty certainty, String title, String next, List<String> because) {
    public Verdict {
        because = List.copyOf(because);
    }

    static Verdict certain(String id, String title, String next, String... because) {
        return new Verdict(id, Certainty.CERTAIN, title, next, List.of(because));
    }

    static Verdict likely(String id, String title, String next, String... because) {
        return new Verdict(id, Certainty.LIKELY, title, next, List.of(because));
    }

    static Verdict open(String id, String title, String next, String... because) {
        return new Verdict(id, Certainty.CANNOT_TELL, title, next, List.of(because));
    }
}
