package dev.ajar.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes IP addresses. A name server is never asked. */
public final class Addresses {
    private Addresses() {}

    /** An address of 4 or 16 bytes; empty for any other length. */
    public static Optional<InetAddress> of(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A dotted IPv4 address in its plain form: four decimal numbers without leading zeros. */
    public static Optional<InetAddress> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean plain = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!plain || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return of(bytes);
    }

    /**
     * An IPv6 address in the notation of RFC 4291, section 2.2, without a zone. One that holds an IPv4 address (
     * {@code ::ffff:192.0.2.1}) is returned as IPv4.
     */
    public static Optional<InetAddress> ipv6(String text) {
        if (text.length() > 45 || !text.contains(":")) {
            return Optional.empty();
        }
        String hex = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') >= 0) {
            Optional<InetAddress> tail = ipv4(text.substring(lastColon + 1));
            if (tail.isEmpty()) {
                return Optional.empty();
            }
            byte[] b = tail.get().getAddress();
            hex = "%s%x:%x"
                    .formatted(
                            text.substring(0, lastColon + 1),
                            (b[0] & 0xff) << 8 | (b[1] & 0xff),
                            (b[2] & 0xff) << 8 | (b[3] & 0xff));
        }
        int gap = hex.indexOf("::");
        if (gap != hex.lastIndexOf("::")) {
            return Optional.empty();
        }
        List<Integer> before = groups(gap < 0 ? hex : hex.substring(0, gap));
        List<Integer> after = groups(gap < 0 ? "" : hex.substring(gap + 2));
        int given = before.size() + after.size();
        boolean wellFormed = !before.contains(-1) && !after.contains(-1) && (gap < 0 ? given == 8 : given < 8);
        if (!wellFormed) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < before.size(); i++) {
            put(bytes, i, before.get(i));
        }
        for (int i = 0; i < after.size(); i++) {
            put(bytes, 8 - after.size() + i, after.get(i));
        }
        return of(bytes);
    }

    /**
     * The text for people: IPv4 with dots, IPv6 in the notation of RFC 5952. A zone is left out, because it means
     * something on one machine only.
     */
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : ipv6Text(bytes);
    }

    private static String ipv6Text(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int from = -1;
        int length = 1;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - start > length) {
                from = start;
                length = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** An IPv4 or IPv6 address in its plain form. */
    public static Optional<InetAddress> parse(String text) {
        return ipv4(text).or(() -> ipv6(text));
    }

    private static void put(byte[] bytes, int group, int value) {
        bytes[group * 2] = (byte) (value >> 8);
        bytes[group * 2 + 1] = (byte) value;
    }

    /** The groups of hexadecimal digits between single colons; -1 for each that is malformed. */
    private static List<Integer> groups(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return Stream.of(text.split(":", -1))
                .map(group -> group.matches("[0-9a-fA-F]{1,4}") ? Integer.parseInt(group, 16) : -1)
                .toList();
    }
}
