package dev.ajar.simulator;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One fault of the script: what the router does instead of giving the right answer.
 *
 * @param on what it applies to; see {@link Request}
 * @param when what the request must look like; empty for any
 * @param head what the head of an HTTP request must look like; empty for any
 * @param times how often it happens before the router answers normally
 */
public record Fault(String on, Optional<Pattern> when, Optional<Pattern> head, int times, Reaction reaction) {
    public Fault(String on, int times, Reaction reaction) {
        this(on, Optional.empty(), Optional.empty(), times, reaction);
    }

    public static Fault always(String on, Reaction reaction) {
        return new Fault(on, Integer.MAX_VALUE, reaction);
    }

    public static Fault once(String on, Reaction reaction) {
        return new Fault(on, 1, reaction);
    }

    boolean fits(Request request) {
        return request.is(on) && finds(when, request.text()) && finds(head, request.head());
    }

    private static boolean finds(Optional<Pattern> wanted, String text) {
        return wanted.filter(pattern -> !pattern.matcher(text).find()).isEmpty();
    }
}
