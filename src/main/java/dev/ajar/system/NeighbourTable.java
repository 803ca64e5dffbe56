package dev.ajar.system;

import java.net.InetAddress;
import java.util.Optional;

/** Which network card has an address on this network. */
@FunctionalInterface
public interface NeighbourTable {
    /** No address is known. */
    NeighbourTable UNKNOWN = address -> Optional.empty();

    /** The hardware address of its network card, where it is known. */
    Optional<String> card(InetAddress address);
}
