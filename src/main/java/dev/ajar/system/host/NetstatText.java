package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Reads {@code netstat -an} of Windows and of macOS. The words of a state are in the user's language on Windows; a
 * listening socket is known by its far end, which has no port.
 */
final class NetstatText {
    private static final int MOST_LINES = 20_000;

    private NetstatText() {}

    static List<ListeningSocket> parse(String text) {
        List<ListeningSocket> found = new ArrayList<>();
        rows(text, (socket, last) -> found.add(socket));
        return found;
    }

    /**
     * The processes that have that port, other than for this machine alone.
     *
     * @param text of {@code netstat -ano}, where they are the last column
     */
    static Set<Long> owners(String text, TransportProtocol protocol, Port port) {
        Set<Long> owners = new TreeSet<>();
        rows(text, (socket, last) -> {
            if (socket.protocol() == protocol
                    && socket.port().equals(port)
                    && !socket.isLoopback()
                    && last.matches("[1-9]\\d{0,9}")) {
                owners.add(Long.parseLong(last));
            }
        });
        return owners;
    }

    private static void rows(String text, BiConsumer<ListeningSocket, String> reader) {
        text.lines()
                .limit(MOST_LINES)
                .map(line -> line.strip().split("\\s+"))
                .forEach(words -> protocol(words[0])
                        .flatMap(protocol -> socket(protocol, words))
                        .ifPresent(socket -> reader.accept(socket, words[words.length - 1])));
    }

    /** {@code TCP} on Windows; {@code tcp4}, {@code udp46} on macOS. */
    private static Optional<TransportProtocol> protocol(String word) {
        String name = word.toLowerCase(Locale.ROOT).replaceFirst("(4|6|46)$", "");
        for (TransportProtocol protocol : TransportProtocol.values()) {
            if (protocol.label().equals(name)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    private static Optional<ListeningSocket> socket(TransportProtocol protocol, String[] words) {
        // macOS has two columns of queue lengths first.
        int at = words.length > 3 && words[1].matches("\\d+") && words[2].matches("\\d+") ? 3 : 1;
        if (words.length < at + 2 || !words[at + 1].matches("0\\.0\\.0\\.0:0|\\[::\\]:0|\\*:\\*|\\*\\.\\*")) {
            return Optional.empty();
        }
        int split = Math.max(words[at].lastIndexOf(':'), at == 3 ? words[at].lastIndexOf('.') : -1);
        if (split < 1) {
            return Optional.empty();
        }
        return address(words[at].substring(0, split))
                .flatMap(address -> port(words[at].substring(split + 1))
                        .map(port -> new ListeningSocket(protocol, address, port, versions(words[0], address))));
    }

    /** A wildcard is of both versions unless the protocol's name says of which; {@code tcp46} is of both. */
    private static Set<IpVersion> versions(String name, InetAddress address) {
        boolean both = name.endsWith("46") || !(name.endsWith("4") || name.endsWith("6"));
        if (address.isAnyLocalAddress() && both) {
            return EnumSet.allOf(IpVersion.class);
        }
        return Set.of(
                address.isAnyLocalAddress()
                        ? name.endsWith("4") ? IpVersion.IPV4 : IpVersion.IPV6
                        : IpVersion.of(address));
    }

    private static Optional<InetAddress> address(String text) {
        String bare = text.replaceAll("[\\[\\]]|%.*$", "").replaceFirst("^\\*$", "0.0.0.0");
        return Addresses.parse(bare);
    }

    private static Optional<Port> port(String text) {
        return text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= Port.MAX
                ? Optional.of(new Port(Integer.parseInt(text)))
                : Optional.empty();
    }
}
