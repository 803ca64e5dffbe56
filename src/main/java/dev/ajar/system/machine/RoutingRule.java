package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * A rule that chooses a routing table.
 *
 * @param priority lower ones are read first
 * @param table the table it chooses; empty where it does something else
 * @param condition what it is for, as the system's program writes it; empty for everything
 * @param packets the packets that it tells apart by something that their addresses do not show
 */
public record RoutingRule(IpVersion ipVersion, long priority, String table, String condition, List<Packets> packets) {
    /** How the condition on the address that a packet comes from begins. */
    public static final String FROM = "src ";

    /** The tables that every machine has. */
    public static final List<String> USUAL = List.of("local", RouteEntry.MAIN, "default");

    public RoutingRule {
        packets = List.copyOf(packets);
    }

    /** Whether every machine has it: everything looks into the usual tables. */
    public boolean isUsual() {
        return condition.isEmpty() && USUAL.contains(table);
    }

    /**
     * Packets with a mark, of a user, of a protocol or port. Which of them a server's answers are, this machine's
     * kernel does not tell, except by protocol and port.
     *
     * @param description as the system's program writes it; empty where addresses of the internet alone tell them apart
     * @param question what the program is told to ask the kernel for the way of such a packet
     * @param excludedFromVpn whether a VPN's usual rules let these packets past it: its own, and what the user excludes
     * @param protocol of the packets; empty for every one
     * @param firstPort the lowest port that they leave from
     * @param lastPort the highest
     * @param otherwise whether something beside protocol and port tells them apart
     */
    public record Packets(
            String description,
            List<String> question,
            boolean excludedFromVpn,
            Optional<TransportProtocol> protocol,
            int firstPort,
            int lastPort,
            boolean otherwise) {
        private static final int HIGHEST_PORT = 65_535;

        public Packets {
            question = List.copyOf(question);
        }

        /** Those that something else than protocol and port tells apart. */
        public Packets(String description, List<String> question, boolean excludedFromVpn) {
            this(description, question, excludedFromVpn, Optional.empty(), 0, HIGHEST_PORT, true);
        }

        /** Packets to some addresses of the internet, by the routes themselves. */
        public static Packets toSome() {
            return new Packets("", List.of(), false);
        }

        boolean isToSome() {
            return description.isEmpty();
        }

        /** Whether answers of that server can be among them. */
        boolean mayBeOf(LocalServer server) {
            return protocol.filter(only -> only != server.protocol()).isEmpty()
                    && server.port().number() >= firstPort
                    && server.port().number() <= lastPort;
        }

        /** Whether every answer of that server is. */
        boolean areAllOf(LocalServer server) {
            return !otherwise && mayBeOf(server);
        }
    }
}
