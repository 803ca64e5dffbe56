package dev.ajar.cli.reference;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        /** A program, and then its own arguments. */
        PROGRAM,
        /** The protocols behind the number of a port that is typed already. */
        PROTOCOLS,
        /** The ports in the state file. */
        OPEN_PORTS,
        /** The network interfaces that lead to a router. */
        INTERFACES,
        /** The addresses of this machine. */
        ADDRESSES,
        /** The addresses of devices that this machine has met on its networks. */
        DEVICES;

        /** What {@code ajar completion} is asked for this; empty where the shell knows it itself. */
        public String asked() {
            return switch (this) {
                case NOTHING, FILES, PROGRAM, PROTOCOLS -> "";
                case OPEN_PORTS -> "ports";
                case INTERFACES -> "interfaces";
                case ADDRESSES -> "addresses";
                case DEVICES -> "devices";
            };
        }
    }

    /** What a script asks {@code ajar completion} for; empty for any other word. */
    public static Optional<More> asked(String word) {
        return Stream.of(More.values())
                .filter(more -> !word.isEmpty() && more.asked().equals(word))
                .findFirst();
    }
}
