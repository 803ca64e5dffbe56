package dev.ajar.model;

import java.net.InetAddress;

/** Which gateway, spoken to how. */
public record GatewayId(Method method, InetAddress address) {
    @Override
    public String toString() {
        return method.title() + " at " + Addresses.text(address);
    }
}
