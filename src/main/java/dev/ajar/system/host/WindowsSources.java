package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses that a rule of the firewall of Windows lets in or keeps out, asked about friends on the internet. */
final class WindowsSources {
    /** The home network, and the servers that it has. */
    private static final Set<String> AT_HOME =
            Set.of("localsubnet", "defaultgateway", "dhcp", "dns", "wins", "intranet", "rmtintranet");

    /** What no packet of the internet comes from. */
    private static final List<Subnet> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "127.0.0.0/8",
                    "fc00::/7",
                    "fe80::/10",
                    "::1/128")
            .flatMap(text -> Subnet.parse(text).stream())
            .toList();

    private WindowsSources() {}

    /** @param addresses keywords, {@code a-b}, {@code a/24}, {@code a/255.255.255.0} or single addresses */
    static WindowsMatch haveFriends(List<String> addresses) {
        if (addresses.stream().allMatch(WindowsSources::isAtHome)) {
            return WindowsMatch.NO;
        }
        return addresses.stream().anyMatch(WindowsSources::isEverywhere) ? WindowsMatch.YES : WindowsMatch.MAYBE;
    }

    private static boolean isAtHome(String text) {
        return AT_HOME.contains(text.toLowerCase(Locale.ROOT))
                || PRIVATE.stream()
                        .anyMatch(own -> ends(text).stream().allMatch(own::contains)
                                && !ends(text).isEmpty());
    }

    private static boolean isEverywhere(String text) {
        List<InetAddress> ends = ends(text);
        return ends.size() == 2 && isAll(ends.getFirst(), 0) && isAll(ends.getLast(), 0xff);
    }

    private static boolean isAll(InetAddress address, int value) {
        byte[] bytes = address.getAddress();
        byte[] all = new byte[bytes.length];
        Arrays.fill(all, (byte) value);
        return Arrays.equals(bytes, all);
    }

    /** The first and the last of them, or the only one; empty for text that is no addresses. */
    private static List<InetAddress> ends(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return Stream.of(text.substring(0, dash), text.substring(dash + 1))
                    .flatMap(end -> Addresses.parse(end.strip()).stream())
                    .toList();
        }
        return subnet(text).stream()
                .flatMap(found -> Stream.of(found.network(), last(found)))
                .toList();
    }

    /** A length may be written as a mask. */
    private static Optional<Subnet> subnet(String text) {
        int slash = text.indexOf('/');
        Optional<Integer> mask = slash < 0
                ? Optional.empty()
                : Addresses.ipv4(text.substring(slash + 1)).map(WindowsSources::bits);
        return Subnet.parse(
                mask.map(bits -> text.substring(0, slash) + "/" + bits).orElse(text));
    }

    /** How many ones a mask begins with; of one with ones behind a zero, fewer than it has. */
    private static int bits(InetAddress mask) {
        int bits = 0;
        for (byte one : mask.getAddress()) {
            int ones = Integer.numberOfLeadingZeros(~(one << 24));
            bits += Math.min(ones, 8);
            if (ones < 8) {
                break;
            }
        }
        return bits;
    }

    private static InetAddress last(Subnet subnet) {
        byte[] bytes = subnet.network().getAddress();
        for (int bit = subnet.prefixLength(); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return Addresses.of(bytes).orElse(subnet.network());
    }
}
