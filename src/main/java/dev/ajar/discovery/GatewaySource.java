package dev.ajar.discovery;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.Set;

/** Searches for gateways, and finds earlier ones again. */
public interface GatewaySource extends NetworkHints {
    /** Begins a search that hands out gateways as they are found, best first. */
    GatewayCandidates search(GatewaySelector selection, Deadline deadline);

    /** The same for gateways that have these capabilities, which are asked for first. */
    default GatewayCandidates search(GatewaySelector selection, Set<Capability> needed, Deadline deadline) {
        return search(selection, deadline);
    }

    /** Searches on every network, to the end. */
    DiscoveryResult explore(GatewaySelector selection, Deadline deadline);

    /**
     * Whether {@code address} can be a device on one of the selected networks: inside it, and neither its broadcast
     * address nor the gateway. True where no network is known, which the search then reports.
     */
    boolean mayBeDevice(InetAddress address, GatewaySelector selection);

    /**
     * Whether {@code address} can be a router in front of this network's: neither on one of this machine's networks nor
     * the gateway of one. On another network, the address of the router at home may belong to another device.
     */
    boolean mayBeInFront(InetAddress address);

    /** Finds the gateway of an earlier mapping, at its last location or by a new search. */
    Result<Gateway> reopen(Claim claim, Deadline deadline);

    /**
     * Whether a gateway may be asked whose exchanges take long: it is named, or agreed to where no other opens a port.
     */
    default boolean mayBeSlow(GatewaySelector selection) {
        return false;
    }

    /** Whether that is an address of this machine, on whichever interface. */
    default boolean isThisMachine(InetAddress address) {
        return false;
    }

    /** Whether this machine has a router over IPv6 and none over IPv4. */
    default boolean isIpv6Alone() {
        return false;
    }

    /** The selection over IPv6 where the user named no router and this machine has one over IPv6 alone. */
    default GatewaySelector overWhatIsThere(GatewaySelector selection) {
        boolean unnamed = selection.gateway().isEmpty() && selection.location().isEmpty();
        return unnamed && isIpv6Alone() ? selection.overIpv6() : selection;
    }
}
