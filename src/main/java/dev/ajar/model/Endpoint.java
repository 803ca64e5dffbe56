package dev.ajar.model;

import java.net.Inet6Address;
import java.net.InetAddress;

/** An address and a port. */
public record Endpoint(InetAddress address, Port port) {
    @Override
    public String toString() {
        String host = Addresses.text(address);
        return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
    }
}
