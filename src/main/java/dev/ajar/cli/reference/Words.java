package dev.ajar.cli.reference;

import java.util.List;

/**
 * What a shell offers for a value.
 *
 * @param known words known beforehand, such as presets; they contain letters, digits, dots, dashes and slashes alone
 * @param more what is looked up when the user presses the key
 */
public record Words(List<String> known, More more) {
    /** Any text, nothing offered. */
    public static final Words NONE = new Words(List.of(), More.NOTHING);

    public static final Words FILES = new Words(List.of(), More.FILES);

    public Words {
        known = List.copyOf(known);
    }

    public static Words of(List<String> known) {
        return new Words(known, More.NOTHING);
    }

    public static Words of(String... known) {
        return of(List.of(known));
    }

    public Words with(More looked) {
        return new Words(known, looked);
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
