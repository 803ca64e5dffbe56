package dev.ajar.model;

import java.net.InetAddress;

/**
 * A gateway and the protocol it speaks.
 *
 * @param card the hardware address of its network card, which distinguishes it from a gateway at the same address on
 *     another network; empty where it is not known
 */
public record GatewayId(MappingProtocol method, InetAddress address, String card) {
    public GatewayId(MappingProtocol method, InetAddress address) {
        this(method, address, "");
    }

    /** Whether both are the same router, as far as is known, whatever the protocols. */
    public boolean isSameBox(GatewayId other) {
        return address.equals(other.address) && (card.equals(other.card) || card.isEmpty() || other.card.isEmpty());
    }

    @Override
    public String toString() {
        return method.title() + " (" + Addresses.text(address) + ")";
    }
}
