package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the IPv4 neighbours of this machine: Linux' {@code /proc/net/arp}, {@code arp -a} of Windows, whose words are
 * in the user's language, and {@code arp -an} of macOS. A line with an address and the card behind it counts, whatever
 * else is in it.
 */
final class ArpText {
    private static final int MOST = 1024;
    private static final String NONE = "00:00:00:00:00:00";

    /** macOS leaves out the first zero of a byte. */
    private static final Pattern CARD =
            Pattern.compile("(?<![0-9A-Fa-f:-])([0-9A-Fa-f]{1,2})((?:[:-][0-9A-Fa-f]{1,2}){5})(?![0-9A-Fa-f:-])");

    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.])");
    private static final Pattern MACOS_INTERFACE = Pattern.compile(" on (\\S+)");

    private ArpText() {}

    /** The last word of a line is the interface. */
    static List<Neighbour> linux(String text) {
        return rows(text, line -> Optional.of(line.substring(line.strip().lastIndexOf(' ') + 1)));
    }

    static List<Neighbour> windows(String text) {
        return rows(text, line -> Optional.empty());
    }

    static List<Neighbour> macos(String text) {
        return rows(text, line -> {
            Matcher name = MACOS_INTERFACE.matcher(line);
            return name.find() ? Optional.of(name.group(1)) : Optional.empty();
        });
    }

    @FunctionalInterface
    private interface InterfaceName {
        Optional<String> in(String line);
    }

    private static List<Neighbour> rows(String text, InterfaceName name) {
        return text.lines()
                .limit(MOST)
                .map(String::strip)
                .flatMap(line -> row(line, name))
                .toList();
    }

    private static Stream<Neighbour> row(String line, InterfaceName name) {
        Matcher address = ADDRESS.matcher(line);
        Matcher card = CARD.matcher(line);
        if (!address.find() || !card.find(address.end())) {
            return Stream.empty();
        }
        String plain = plain(card.group());
        Optional<InetAddress> device = Addresses.ipv4(address.group());
        return device.isPresent() && isOfOneDevice(plain)
                ? Stream.of(new Neighbour(device.get(), plain, name.in(line)))
                : Stream.empty();
    }

    private static String plain(String card) {
        StringBuilder plain = new StringBuilder();
        for (String part : card.toLowerCase(Locale.ROOT).split("[:-]", -1)) {
            plain.append(plain.isEmpty() ? "" : ":")
                    .append(part.length() == 1 ? "0" : "")
                    .append(part);
        }
        return plain.toString();
    }

    /** The lowest bit of the first byte is set in the addresses of groups and of all. */
    private static boolean isOfOneDevice(String card) {
        return !card.equals(NONE) && (Character.digit(card.charAt(1), 16) & 1) == 0;
    }
}
