package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The router at the other end of a packet, where that is what ajar asks it or its answer.
 *
 * @param state the packet's, as the kernel tracks connections: {@code new} or {@code established}
 */
record NftPeer(InetAddress address, Port port, String state) {
    /** Whether the router's address is among those that a rule names. */
    NftConditions isAt(List<String> values) {
        boolean unclear = false;
        for (String value : values) {
            Optional<Subnet> network = Subnet.parse(value);
            unclear |= network.isEmpty();
            if (network.filter(named -> named.contains(address)).isPresent()) {
                return NftConditions.MET;
            }
        }
        return unclear ? NftConditions.UNCLEAR : NftConditions.NOT_MET;
    }

    NftConditions hasPort(List<String> values) {
        return NftConditions.met(NftPacket.named(String.join(",", values), port));
    }
}
