package dev.ajar.relay.engine;

import dev.ajar.relay.RelayRule.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Tells the device the client's address, before any other byte (HAProxy's proxy-protocol.txt, sections 2.1 and 2.2).
 */
final class ProxyPreamble {
    private ProxyPreamble() {}

    /**
     * @param here the address the client connected to
     * @return to be released by the caller
     */
    static ByteBuf of(InetSocketAddress client, InetSocketAddress here, ProxyHeader version) {
        boolean v4 = client.getAddress() instanceof Inet4Address && here.getAddress() instanceof Inet4Address;
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        encoder.writeOutbound(new HAProxyMessage(
                switch (version) {
                    case V1 -> HAProxyProtocolVersion.V1;
                    case V2 -> HAProxyProtocolVersion.V2;
                },
                HAProxyCommand.PROXY,
                v4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
                text(client.getAddress(), v4),
                text(here.getAddress(), v4),
                client.getPort(),
                here.getPort()));
        ByteBuf bytes = encoder.readOutbound();
        encoder.finishAndReleaseAll();
        return bytes;
    }

    /**
     * Both addresses must be of one kind: an IPv4 address beside an IPv6 address is written as IPv6 (RFC 4291,
     * 2.5.5.2).
     */
    private static String text(InetAddress address, boolean v4) {
        String plain = address.getHostAddress();
        int zone = plain.indexOf('%');
        String bare = zone < 0 ? plain : plain.substring(0, zone);
        return !v4 && address instanceof Inet4Address ? "::ffff:" + bare : bare;
    }
}
