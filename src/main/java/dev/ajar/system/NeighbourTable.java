package dev.ajar.system;

import java.net.InetAddress;
import java.util.Optional;

/** Who answers to an address on this network. */
@FunctionalInterface
public interface NeighbourTable {
    /** Nothing is known of anybody. */
    NeighbourTable UNKNOWN = address -> Optional.empty();

    /** The hardware address of its network card, where it was heard of lately. */
    Optional<String> card(InetAddress address);
}
