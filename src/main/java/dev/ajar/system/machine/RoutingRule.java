package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.util.List;

/**
 * A rule that chooses a routing table.
 *
 * @param priority lower ones are read first
 * @param table the table it chooses; empty where it does something else
 * @param condition what it is for, as the system's program writes it; empty for everything
 * @param packets the packets that it tells apart by something that their addresses do not show
 */
public record RoutingRule(IpVersion ipVersion, long priority, String table, String condition, List<Packets> packets) {
    public RoutingRule {
        packets = List.copyOf(packets);
    }

    /**
     * Packets with a mark, of a user, of a protocol or port. Which of them a server's answers are, this machine's kernel does
     * not tell.
     *
     * @param description as the system's program writes it
     * @param question what the program is told to ask the kernel for the way of such a packet
     * @param excludedFromVpn whether a VPN's usual rules let these packets past it: its own, and what the user excludes
     */
    public record Packets(String description, List<String> question, boolean excludedFromVpn) {
        public Packets {
            question = List.copyOf(question);
        }
    }
}
