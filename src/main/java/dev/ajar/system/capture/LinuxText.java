package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the kernel's tables below {@code /proc/net} (proc(5); the formats are in {@code net/ipv4/fib_trie.c}, {@code
 * net/ipv6/route.c}, {@code net/ipv6/addrconf.c} and {@code net/ipv4/arp.c}). A line it cannot read is left out.
 */
final class LinuxText {
    private static final int UP = 0x1;
    private static final int GATEWAY = 0x2;
    private static final int REJECT = 0x200;

    private static final int TEMPORARY = 0x01;
    private static final int FAILED = 0x08;
    private static final int DEPRECATED = 0x20;
    private static final int TENTATIVE = 0x40;
    private static final int PERMANENT = 0x80;

    private static final int LINK_SCOPE = 0x20;
    private static final int HOST_SCOPE = 0x10;

    private static final int COMPLETE = 0x2;
    private static final int ENTERED_BY_HAND = 0x4;

    private static final String NO_CARD = "00:00:00:00:00:00";
    private static final InetAddress NO_ADDRESS_V6 = Addresses.parse("::").orElseThrow();

    private LinuxText() {}

    /** The routes of {@code /proc/net/route} with a gateway, or to half of all addresses and more. */
    static List<RouteEntry> ipv4Routes(String text) {
        List<RouteEntry> routes = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 8) {
                ipv4Route(field).ifPresent(routes::add);
            }
        }
        return routes;
    }

    private static Optional<RouteEntry> ipv4Route(String[] field) {
        try {
            int flags = Integer.parseInt(field[3], 16);
            int prefixLength = Integer.bitCount(Integer.parseUnsignedInt(field[7], 16));
            Optional<InetAddress> destination = littleEndian(field[1]);
            Optional<InetAddress> gateway = (flags & GATEWAY) != 0 ? littleEndian(field[2]) : Optional.empty();
            boolean told = (flags & UP) != 0
                    && (flags & REJECT) == 0
                    && ((flags & GATEWAY) == 0 ? prefixLength <= 1 : gateway.isPresent());
            return told
                    ? destination.map(network -> new RouteEntry(
                            network,
                            prefixLength,
                            field[0],
                            gateway,
                            Optional.empty(),
                            number(field[6]),
                            RouteEntry.MAIN))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    /** Eight hexadecimal digits in the machine's byte order, which is little-endian where ajar runs. */
    private static Optional<InetAddress> littleEndian(String hex) {
        byte[] reversed = HexFormat.of().parseHex(hex);
        return reversed.length == 4
                ? Addresses.of(new byte[] {reversed[3], reversed[2], reversed[1], reversed[0]})
                : Optional.empty();
    }

    /** The routes of {@code /proc/net/ipv6_route}, which are those of all tables, without the tables' names. */
    static List<RouteEntry> ipv6Routes(String text) {
        List<RouteEntry> routes = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 10) {
                ipv6Route(field).ifPresent(routes::add);
            }
        }
        return routes;
    }

    private static Optional<RouteEntry> ipv6Route(String[] field) {
        try {
            int flags = Integer.parseUnsignedInt(field[8], 16);
            int prefixLength = Integer.parseInt(field[1], 16);
            Optional<InetAddress> destination = address(field[0]);
            Optional<InetAddress> hop = address(field[4]).filter(next -> !next.equals(NO_ADDRESS_V6));
            Optional<InetAddress> gateway = (flags & GATEWAY) != 0 ? hop : Optional.empty();
            boolean told = (flags & UP) != 0
                    && (flags & REJECT) == 0
                    && ((flags & GATEWAY) == 0 ? prefixLength <= 3 : gateway.isPresent());
            return told
                    ? destination.map(network -> new RouteEntry(
                            network,
                            prefixLength,
                            field[9],
                            gateway,
                            Optional.empty(),
                            Long.parseLong(field[5], 16),
                            RouteEntry.MAIN))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return bytes.length == 16 ? Addresses.of(bytes) : Optional.empty();
    }

    /** The IPv6 addresses of {@code /proc/net/if_inet6}. */
    static List<OwnAddress> ipv6Addresses(String text) {
        List<OwnAddress> all = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 6) {
                ipv6Address(field).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<OwnAddress> ipv6Address(String[] field) {
        try {
            int prefixLength = Integer.parseInt(field[2], 16);
            int scope = Integer.parseInt(field[3], 16);
            int flags = Integer.parseInt(field[4], 16);
            return prefixLength > 128
                    ? Optional.empty()
                    : address(field[0])
                            .map(address -> new OwnAddress(
                                    field[5], address, prefixLength, scope(scope), lifetime(flags), origin(flags)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OwnAddress.Scope scope(int value) {
        return switch (value) {
            case LINK_SCOPE -> OwnAddress.Scope.LINK;
            case HOST_SCOPE -> OwnAddress.Scope.HOST;
            default -> OwnAddress.Scope.GLOBAL;
        };
    }

    private static OwnAddress.Lifetime lifetime(int flags) {
        if ((flags & (FAILED | TENTATIVE)) != 0) {
            return OwnAddress.Lifetime.UNUSABLE;
        }
        if ((flags & DEPRECATED) != 0) {
            return OwnAddress.Lifetime.DEPRECATED;
        }
        return (flags & TEMPORARY) != 0 ? OwnAddress.Lifetime.TEMPORARY : OwnAddress.Lifetime.LASTING;
    }

    private static OwnAddress.Origin origin(int flags) {
        return (flags & PERMANENT) != 0 ? OwnAddress.Origin.CONFIGURED : OwnAddress.Origin.ASSIGNED;
    }

    /** Whether {@code /proc/net/fib_trie} shows a table beside the usual ones. */
    static boolean hasOtherTables(String trie) {
        return trie.startsWith("Id ") || trie.contains("\nId ");
    }

    /**
     * Whether rules chose between tables at some time: the first one parts the table of own addresses, which is one
     * with the usual table until then ({@code fib_unmerge} in {@code net/ipv4/fib_frontend.c}), for good.
     */
    static boolean hadRules(String trie) {
        boolean inUsual = false;
        boolean usualHasOwn = false;
        boolean otherHasOwn = false;
        for (String line : trie.split("\n", -1)) {
            if (line.endsWith(":")) {
                inUsual = line.equals("Main:");
            } else if (line.endsWith(" host LOCAL")) {
                usualHasOwn |= inUsual;
                otherHasOwn |= !inUsual;
            }
        }
        return otherHasOwn && !usualHasOwn;
    }

    /** The network cards of {@code /proc/net/arp}. */
    static Map<InetAddress, String> neighbours(String text) {
        Map<InetAddress, String> cards = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 6 && has(COMPLETE, field[2]) && !field[3].equals(NO_CARD)) {
                Addresses.ipv4(field[0]).ifPresent(address -> cards.put(address, field[3]));
            }
        }
        return cards;
    }

    /** Those of them that were entered by hand ({@code ATF_PERM}). */
    static Set<InetAddress> fixedNeighbours(String text) {
        Set<InetAddress> fixed = new HashSet<>();
        for (String line : text.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            if (field.length >= 6 && has(COMPLETE | ENTERED_BY_HAND, field[2])) {
                Addresses.ipv4(field[0]).ifPresent(fixed::add);
            }
        }
        return fixed;
    }

    private static boolean has(int wanted, String flags) {
        try {
            return (Integer.decode(flags) & wanted) == wanted;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
