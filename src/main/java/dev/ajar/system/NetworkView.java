package dev.ajar.system;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What this machine knows of the networks it is attached to. */
public interface NetworkView {
    /**
     * The IPv4 networks on which a home gateway can be, the one with the default route first. Interfaces of virtual
     * machines, containers and tunnels are left out unless the default route goes through them.
     */
    List<LocalRoute> routes();

    /**
     * The networks with an IPv6 router, each with the address of this machine there that is meant to last. Empty where
     * this machine has none that the internet could reach.
     */
    default List<LocalRoute> ipv6Routes() {
        return List.of();
    }

    /** The way to {@code destination}, with the source address the kernel would use; empty when there is none. */
    Optional<LocalRoute> towards(InetAddress destination);
}
