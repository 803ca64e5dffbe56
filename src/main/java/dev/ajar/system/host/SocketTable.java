package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads the kernel's tables of sockets, {@code /proc/net/tcp} and its like (the kernel's proc_net_tcp.rst). */
final class SocketTable {
    private static final String LISTENING = "0A";
    private static final String UNCONNECTED = "07";

    private SocketTable() {}

    static List<ListeningSocket> parse(TransportProtocol protocol, String table) {
        String waiting = protocol == TransportProtocol.TCP ? LISTENING : UNCONNECTED;
        List<ListeningSocket> all = new ArrayList<>();
        table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 3 && words[3].equals(waiting))
                .forEach(words -> listener(protocol, words[1]).ifPresent(all::add));
        return all;
    }

    private static Optional<ListeningSocket> listener(TransportProtocol protocol, String place) {
        int colon = place.indexOf(':');
        try {
            int port = Integer.parseInt(place.substring(colon + 1), 16);
            byte[] address = address(place.substring(0, colon));
            return Port.isValid(port)
                    ? Optional.of(new ListeningSocket(protocol, InetAddress.getByAddress(address), new Port(port)))
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Words of four bytes, each in the machine's own order, which is little-endian wherever ajar runs. */
    private static byte[] address(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        return address;
    }
}
