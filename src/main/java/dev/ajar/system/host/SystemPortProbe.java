package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Takes the port for a moment, and does not listen. The kernel refuses that where a program listens over that version;
 * of one that listens at the wildcard of IPv6 alone its own tables do not tell.
 */
public final class SystemPortProbe implements PortProbe {
    @Override
    public boolean isFree(TransportProtocol protocol, InetAddress at, Port port) {
        StandardProtocolFamily family = switch (IpVersion.of(at)) {
            case IPV4 -> StandardProtocolFamily.INET;
            case IPV6 -> StandardProtocolFamily.INET6;
        };
        InetSocketAddress place = new InetSocketAddress(at, port.number());
        try {
            switch (protocol) {
                case TCP -> {
                    try (SocketChannel channel = SocketChannel.open(family)) {
                        channel.bind(place);
                    }
                }
                case UDP -> {
                    try (DatagramChannel channel = DatagramChannel.open(family)) {
                        channel.bind(place);
                    }
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
