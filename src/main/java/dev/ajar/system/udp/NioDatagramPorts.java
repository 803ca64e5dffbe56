package dev.ajar.system.udp;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Zones;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** The JDK's datagram channels. */
public final class NioDatagramPorts implements DatagramPorts {
    private static final int SEARCH_HOPS = 2;

    @Override
    public Result<DatagramPort> connected(LocalRoute route, InetSocketAddress peer) {
        return open(route, channel -> {
            channel.bind(new InetSocketAddress(route.localAddress(), 0));
            channel.connect(Zones.of(peer, route));
            return Optional.empty();
        });
    }

    @Override
    public Result<DatagramPort> searching(LocalRoute route) {
        return open(route, channel -> {
            channel.bind(new InetSocketAddress(route.localAddress(), 0));
            NetworkInterface outgoing = NetworkInterface.getByName(route.interfaceName());
            if (outgoing != null && outgoing.supportsMulticast()) {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, outgoing);
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, SEARCH_HOPS);
                return Optional.of(outgoing);
            }
            return Optional.empty();
        });
    }

    private static Result<DatagramPort> open(LocalRoute route, Preparation preparation) {
        ProtocolFamily ipVersion = switch (IpVersion.of(route.localAddress())) {
            case IPV4 -> StandardProtocolFamily.INET;
            case IPV6 -> StandardProtocolFamily.INET6;
        };
        try {
            DatagramChannel channel = DatagramChannel.open(ipVersion);
            try {
                return Result.ok(new NioDatagramPort(channel, route, preparation.prepare(channel)));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            return Result.err(
                    new Failure.Unreachable(Message.of("system.no-socket", "reason", String.valueOf(e.getMessage()))));
        }
    }

    @FunctionalInterface
    private interface Preparation {
        /** Gives the network on which multicast works. */
        Optional<NetworkInterface> prepare(DatagramChannel channel) throws IOException;
    }
}
