package dev.ajar.model;

import java.net.InetAddress;

/**
 * A gateway and the protocol it is asked in.
 *
 * @param card the hardware address of its network card, which tells it from another one at the same address on another
 *     network; empty where that is not known
 */
public record GatewayId(MappingProtocol method, InetAddress address, String card) {
    public GatewayId(MappingProtocol method, InetAddress address) {
        this(method, address, "");
    }

    /** Whether both are the same box, as far as is known; in whichever protocol. */
    public boolean isSameBox(GatewayId other) {
        return address.equals(other.address) && (card.equals(other.card) || card.isEmpty() || other.card.isEmpty());
    }

    @Override
    public String toString() {
        return method.title() + " at " + Addresses.text(address);
    }
}
