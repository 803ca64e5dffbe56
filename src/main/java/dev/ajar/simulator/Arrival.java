package dev.ajar.simulator;

/**
 * What reached the router, whether or not it was understood.
 *
 * @param text a whole HTTP request, a whole search, or a datagram in hexadecimal
 */
public record Arrival(Kind kind, String text) {
    /** The socket it came to. */
    public enum Kind {
        HTTP,
        SSDP,
        PXP
    }
}
