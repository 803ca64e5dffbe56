package dev.ajar.relay.engine.loop;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends datagrams without content, which are lawful (RFC 768) and keep ways open for games and VPNs. Netty drops them
 * when it writes, so they go past it. Without epoll only answers: Java sends none from a connected channel. On the
 * channel's own thread.
 */
public final class EmptyDatagram {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private static final AttributeKey<java.nio.channels.DatagramChannel> SYSTEM =
            AttributeKey.valueOf(EmptyDatagram.class, "system");

    private EmptyDatagram() {}

    /** A channel without epoll that can send them. */
    static DatagramChannel nio() {
        try {
            java.nio.channels.DatagramChannel system = java.nio.channels.DatagramChannel.open();
            DatagramChannel channel = new NioDatagramChannel(system);
            channel.attr(SYSTEM).set(system);
            return channel;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    /** @param to null where the channel is connected */
    public static void send(DatagramChannel channel, @Nullable InetSocketAddress to) throws IOException {
        // Those before it go first.
        channel.flush();
        java.nio.channels.DatagramChannel system = channel.attr(SYSTEM).get();
        if (system != null) {
            if (to != null) {
                system.send(NOTHING.duplicate(), to);
            }
        } else if (channel instanceof EpollDatagramChannel epoll && epoll.fd() instanceof Socket socket) {
            send(socket, to);
        }
    }

    /** @param to null where the socket is connected */
    public static void send(Socket socket, @Nullable InetSocketAddress to) throws IOException {
        if (to == null) {
            socket.send(NOTHING, 0, 0);
        } else {
            socket.sendTo(NOTHING, 0, 0, to.getAddress(), to.getPort());
        }
    }
}
