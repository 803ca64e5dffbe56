package dev.ajar.system.udp;

import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import java.net.InetSocketAddress;

/** Opens UDP sockets. */
public interface DatagramPorts {
    /**
     * A socket connected to {@code peer}: the kernel drops the datagrams of others, chooses our source address, and
     * reports ICMP errors (how Bitcoin Core asks NAT-PMP and PCP servers).
     */
    Result<DatagramPort> connected(LocalRoute route, InetSocketAddress peer);

    /**
     * An unconnected socket on the interface of {@code route}, for multicast searches: routers answer from any port
     * (tailscale/tailscale#7377). Multicast leaves by that interface with a hop limit of 2 (UPnP Device Architecture
     * 1.1, section 1.3.2).
     */
    Result<DatagramPort> searching(LocalRoute route);
}
