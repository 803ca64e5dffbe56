package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * The interfaces that rules can name.
 *
 * @param out those that the internet is behind; empty where that is not known
 * @param routes the kernel's table of IPv4 routes, {@code /proc/net/route}
 */
record NftLinks(Set<String> out, String routes) {
    NftLinks {
        out = Set.copyOf(out);
    }

    NftLinks(Set<String> out) {
        this(out, "");
    }

    /** The interface by which a packet to that address leaves, as one to a container does. */
    Optional<String> towards(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != Integer.BYTES) {
            return Optional.empty();
        }
        int wanted = (bytes[3] & 0xFF) << 24 | (bytes[2] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | (bytes[0] & 0xFF);
        String best = "";
        int longest = 0;
        for (String line : routes.split("\n", -1)) {
            String[] field = line.strip().split("\\s+", -1);
            try {
                int mask = field.length < 8 ? 0 : Integer.parseUnsignedInt(field[7], 16);
                boolean leads = field.length >= 8 && (wanted & mask) == Integer.parseUnsignedInt(field[1], 16);
                if (leads && Integer.bitCount(mask) > longest) {
                    longest = Integer.bitCount(mask);
                    best = field[0];
                }
            } catch (NumberFormatException e) {
                // The heading is no route.
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    static Optional<InetAddress> address(String text) {
        return Addresses.parse(text.replaceAll("[\\[\\]]", ""));
    }
}
