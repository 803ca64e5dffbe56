package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads {@code /proc/net/if_inet6}, the one place that says which addresses are meant to last. */
public final class LinuxAddressText {
    private static final int TEMPORARY = 0x01;
    private static final int FAILED = 0x08;
    private static final int DEPRECATED = 0x20;
    private static final int TENTATIVE = 0x40;
    private static final int NOT_TO_BE_OPENED = TEMPORARY | FAILED | DEPRECATED | TENTATIVE;

    private LinuxAddressText() {}

    /** An address of an interface. */
    public record Owned(String interfaceName, InetAddress address, int prefixLength) {}

    /**
     * The global addresses (2000::/3, RFC 4291 section 2.4) a server can be reached at tomorrow: neither temporary (RFC
     * 8981) nor deprecated (RFC 4862 section 5.5.4).
     */
    public static List<Owned> lasting(String text) {
        List<Owned> all = new ArrayList<>();
        text.lines()
                .map(line -> line.strip().split("\\s+"))
                .forEach(field -> line(field).ifPresent(all::add));
        return List.copyOf(all);
    }

    private static Optional<Owned> line(String[] field) {
        if (field.length < 6) {
            return Optional.empty();
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(field[0]);
            int prefixLength = Integer.parseInt(field[2], 16);
            int flags = Integer.parseInt(field[4], 16);
            boolean global = bytes.length == 16 && (bytes[0] & 0xE0) == 0x20;
            return global && (flags & NOT_TO_BE_OPENED) == 0 && prefixLength <= 128
                    ? Addresses.of(bytes).map(address -> new Owned(field[5], address, prefixLength))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
