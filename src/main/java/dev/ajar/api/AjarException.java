package dev.ajar.api;

import java.util.List;

/** A port could not be opened, or the router could not be asked. */
public final class AjarException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    AjarException(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    /** {@return why, with everything that is known of it} */
    public Problem problem() {
        return problem;
    }

    /** {@return why, for programs} */
    public Reason reason() {
        return problem.reason();
    }

    /** {@return what to do next, for people, the best first} */
    public List<String> advice() {
        return problem.advice();
    }
}
