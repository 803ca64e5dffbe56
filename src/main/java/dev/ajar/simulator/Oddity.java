package dev.ajar.simulator;

/**
 * A line of the script.
 *
 * @param on what it applies to: a SOAP action's name, {@code description}, {@code ssdp}, {@code nat-pmp} or {@code pcp}
 * @param times how often it happens before the router comes to its senses
 */
public record Oddity(String on, int times, Reaction reaction) {
    public static Oddity always(String on, Reaction reaction) {
        return new Oddity(on, Integer.MAX_VALUE, reaction);
    }

    public static Oddity once(String on, Reaction reaction) {
        return new Oddity(on, 1, reaction);
    }
}
