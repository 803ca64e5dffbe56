package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code /proc/net/route} and {@code /proc/net/ipv6_route} as the kernel prints them (proc(5); the formats are in
 * {@code net/ipv4/fib_trie.c} and {@code net/ipv6/route.c}).
 */
public final class LinuxRouteText {
    private static final int FLAG_UP = 0x1;
    private static final int FLAG_GATEWAY = 0x2;
    private static final int FLAG_REJECT = 0x200;
    private static final String ALL_ZERO_V6 = "0".repeat(32);

    private LinuxRouteText() {}

    /** IPv4: addresses are eight hexadecimal digits in the machine's byte order, which is little-endian here. */
    public static List<DefaultRoute> ipv4(String text) {
        List<DefaultRoute> routes = new ArrayList<>();
        text.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .forEach(field -> ipv4Line(field).ifPresent(routes::add));
        routes.sort(DefaultRoute.BEST_FIRST);
        return List.copyOf(routes);
    }

    private static Optional<DefaultRoute> ipv4Line(String[] field) {
        if (field.length < 8 || !field[1].equals("00000000") || !field[7].equals("00000000")) {
            return Optional.empty();
        }
        try {
            if (!usable(Integer.parseInt(field[3], 16))) {
                return Optional.empty();
            }
            byte[] reversed = HexFormat.of().parseHex(field[2]);
            byte[] address = {reversed[3], reversed[2], reversed[1], reversed[0]};
            return Addresses.of(address).map(gateway -> new DefaultRoute(field[0], gateway, Long.parseLong(field[6])));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** IPv6: thirty-two digits in network order; the metric is hexadecimal; the interface comes last. */
    public static List<DefaultRoute> ipv6(String text) {
        List<DefaultRoute> routes = new ArrayList<>();
        text.lines()
                .map(line -> line.strip().split("\\s+"))
                .forEach(field -> ipv6Line(field).ifPresent(routes::add));
        routes.sort(DefaultRoute.BEST_FIRST);
        return List.copyOf(routes);
    }

    private static Optional<DefaultRoute> ipv6Line(String[] field) {
        if (field.length < 10 || !field[0].equals(ALL_ZERO_V6) || !field[1].equals("00")) {
            return Optional.empty();
        }
        try {
            if (!usable(Integer.parseUnsignedInt(field[8], 16)) || field[4].equals(ALL_ZERO_V6)) {
                return Optional.empty();
            }
            Optional<InetAddress> gateway = Addresses.of(HexFormat.of().parseHex(field[4]));
            return gateway.map(address -> new DefaultRoute(field[9], address, Long.parseLong(field[5], 16)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean usable(int flags) {
        return (flags & FLAG_UP) != 0 && (flags & FLAG_GATEWAY) != 0 && (flags & FLAG_REJECT) == 0;
    }
}
