package dev.ajar.model;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** Whether the internet can reach the gateway's external address. */
public enum Reachability {
    PUBLIC,
    /** RFC 1918, or otherwise not routed on the internet: another router is in front, or there is no connection. */
    PRIVATE,
    /** 100.64.0.0/10 (RFC 6598) and the DS-Lite block 192.0.0.0/29 (RFC 6333): the provider translates. */
    CARRIER_GRADE,
    UNKNOWN;

    /** The name in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Judges by the special-purpose address registry (RFC 6890). The three documentation networks count as public: no
     * real router has such an address, and tests use them as public ones.
     */
    public static Reachability of(Optional<InetAddress> external) {
        return external.map(Reachability::of).orElse(UNKNOWN);
    }

    private static Reachability of(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return UNKNOWN;
        }
        return switch (address) {
            case Inet4Address v4 -> of(v4.getAddress());
            case Inet6Address v6 -> (v6.getAddress()[0] & 0xE0) == 0x20 ? PUBLIC : PRIVATE;
            default -> UNKNOWN;
        };
    }

    private static Reachability of(byte[] address) {
        int a = address[0] & 0xFF;
        int b = address[1] & 0xFF;
        int c = address[2] & 0xFF;
        if ((a == 100 && b >= 64 && b < 128) || (a == 192 && b == 0 && c == 0)) {
            return CARRIER_GRADE;
        }
        boolean notRouted = a == 0
                || a == 10
                || a == 127
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 198 && (b == 18 || b == 19))
                || a >= 224;
        return notRouted ? PRIVATE : PUBLIC;
    }
}
