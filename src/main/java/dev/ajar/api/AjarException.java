package dev.ajar.api;

import java.util.List;

/** A port could not be opened, or the router could not be asked. */
public final class AjarException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String sentence;
    private final String[] advice;

    AjarException(Problem problem) {
        super(problem.sentence());
        this.reason = problem.reason();
        this.sentence = problem.sentence();
        this.advice = problem.advice().toArray(String[]::new);
    }

    /** {@return why, with everything that is known of it} */
    public Problem problem() {
        return new Problem(reason, sentence, advice());
    }

    /** {@return why, for programs} */
    public Reason reason() {
        return reason;
    }

    /** {@return what to do next, for people, the best first} */
    public List<String> advice() {
        return List.of(advice);
    }
}
