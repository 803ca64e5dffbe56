package dev.ajar.model;

import java.util.Optional;

/**
 * A TCP or UDP port that can be mapped.
 *
 * <p>Zero is not a valid port: WANIPConnection reads {@code NewExternalPort=0} as "every port" (2.4.16 of
 * WANIPConnection:1), and NAT-PMP reads internal port 0 as "all my mappings" (RFC 6886 section 3.4).
 *
 * @param number 1 to 65535
 */
public record Port(int number) implements Comparable<Port> {
    public static final int MAX = 65535;

    /** Many systems and routers keep the ports below it to themselves. */
    private static final int FIRST_HIGH = 1024;

    private static final int HIGHER = 8000;

    public Port {
        if (!isValid(number)) {
            throw new IllegalArgumentException("not a port: " + number);
        }
    }

    /** Reads a decimal number from 1 to 65535; empty for other text. */
    public static Optional<Port> parse(String text) {
        return text.matches("\\d{1,5}") && isValid(Integer.parseInt(text))
                ? Optional.of(new Port(Integer.parseInt(text)))
                : Optional.empty();
    }

    /** {@code 25565} or {@code 50000-50049}. */
    public static String range(Port first, Port last) {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }

    /** What users choose instead of a port below 1024: 8080 for 80, 8443 for 443. A higher one is itself. */
    public Port higher() {
        return number < FIRST_HIGH ? new Port(number + HIGHER) : this;
    }

    /** Whether {@code number} is 1 to 65535. */
    public static boolean isValid(int number) {
        return number >= 1 && number <= MAX;
    }

    @Override
    public int compareTo(Port other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
