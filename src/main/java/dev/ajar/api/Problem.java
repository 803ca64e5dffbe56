package dev.ajar.api;

import java.util.List;

/**
 * Why a port is not open, and what to do.
 *
 * @param reason for programs
 * @param sentence for people, without a full stop, in the language of the {@link Ajar}
 * @param advice what to do next, for people, the best first, each one sentence; it may name commands of {@code ajar}
 */
public record Problem(Reason reason, String sentence, List<String> advice) {
    /** Copies the list. */
    public Problem {
        advice = List.copyOf(advice);
    }
}
