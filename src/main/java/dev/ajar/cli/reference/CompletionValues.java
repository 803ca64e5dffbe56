package dev.ajar.cli.reference;

import java.util.List;

/**
 * The completions that a shell offers for a value.
 *
 * @param known words known beforehand, such as presets; they contain letters, digits, dots, dashes and slashes alone
 * @param more what is looked up when the user presses the key
 */
public record CompletionValues(List<String> known, More more) {
    /** Any text, nothing offered. */
    public static final CompletionValues NONE = new CompletionValues(List.of(), More.NOTHING);

    public static final CompletionValues FILES = new CompletionValues(List.of(), More.FILES);

    public CompletionValues {
        known = List.copyOf(known);
    }

    public static CompletionValues of(List<String> known) {
        return new CompletionValues(known, More.NOTHING);
    }

    public static CompletionValues of(String... known) {
        return of(List.of(known));
    }

    public CompletionValues with(More looked) {
        return new CompletionValues(known, looked);
    }

    String joined() {
        return String.join(" ", known);
    }

    /** What is looked up. */
    public enum More {
        NOTHING,
        FILES,
        /** The ports in the state file, by {@code ajar completion ports}. */
        OPEN_PORTS,
        /** A program, and then its own arguments. */
        PROGRAM
    }
}
