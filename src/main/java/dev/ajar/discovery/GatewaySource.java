package dev.ajar.discovery;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;

/** Where gateways come from. */
public interface GatewaySource {
    /** Begins a search that hands out gateways as they are found, best first. */
    GatewayCandidates search(GatewaySelector selection, Deadline deadline);

    /** Searches everywhere, to the end, and tells all. */
    DiscoveryResult explore(GatewaySelector selection, Deadline deadline);

    /**
     * Whether {@code address} can be a device on one of the networks meant: inside it, not its broadcast address, not
     * the gateway. True where no network is known, since the search will say that better.
     */
    boolean mayBeDevice(InetAddress address, GatewaySelector selection);

    /**
     * Whether {@code address} can be a router in front of this network's: neither on one of this machine's networks nor the
     * gateway of one. On somebody else's network, the address that was one at home may be just that.
     */
    boolean mayBeInFront(InetAddress address);

    /** The gateway an earlier mapping was made on: where it was, or wherever it answers now. */
    Result<Gateway> reopen(Claim claim, Deadline deadline);
}
