package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at this machine and never changes it. */
public interface HostInspector {
    /** The same machine at this moment, of which what takes a while begins to be read at once. */
    default HostInspector readAhead() {
        return this;
    }

    /** The listening sockets; empty where this system does not show them. */
    Optional<List<ListeningSocket>> listeners();

    /** Whether this machine's own firewall lets connections from outside reach that port, and answers out. */
    FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion);

    /**
     * Whether this machine's own firewall lets out what ajar asks that router.
     *
     * @param pages the ports at which it asks by TCP
     */
    default FirewallState questionsTo(InetAddress router, Set<Port> pages) {
        return new FirewallState.Open();
    }

    /** Whether it lets in what that router answers, although ajar has asked for it. */
    default FirewallState answersOf(InetAddress router, Set<Port> pages) {
        return new FirewallState.Open();
    }

    /**
     * Whether this machine sends what comes to that port on to another port or address, as for a container. No program
     * of its own has to listen then.
     */
    default Optional<Redirection> redirection(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        return Optional.empty();
    }

    /**
     * Whether no program has that port at an address of this machine, so that one could listen there; false where it is
     * not known.
     */
    default boolean isFree(TransportProtocol protocol, InetAddress at, Port port) {
        return false;
    }

    /** Whether this is a container and not a machine of its own. */
    boolean isContainer();

    /**
     * The devices on its IPv4 networks whose network cards this machine knows; empty where this system does not show
     * them.
     */
    Optional<List<Neighbour>> neighbours();

    /** The MAC address of the network card behind a neighbour's address; empty where it is not known. */
    default Optional<String> neighbour(InetAddress address) {
        return neighbours().stream()
                .flatMap(List::stream)
                .filter(one -> one.address().equals(address))
                .map(Neighbour::card)
                .findFirst();
    }
}
