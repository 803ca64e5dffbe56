package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** This machine, looked at and never changed. */
public interface HostInspector {
    /** The sockets that wait for somebody; empty where this system does not show them. */
    Optional<List<ListeningSocket>> listeners();

    /** Whether this machine's own firewall lets strangers reach that port. */
    FirewallState firewall(TransportProtocol protocol, Port port);

    /** Whether this is a container and not a machine of its own. */
    boolean isContainer();

    /** Whether this system shows whom it has heard of. */
    boolean knowsNeighbours();

    /** The network card behind a neighbour's address, as hexadecimal digits; empty where it has not been heard of. */
    Optional<String> neighbour(InetAddress address);
}
