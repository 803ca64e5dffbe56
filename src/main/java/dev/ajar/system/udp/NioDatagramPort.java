package dev.ajar.system.udp;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.OwnFirewall;
import dev.ajar.system.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One channel and one selector. The selector, rather than a blocking read, because an interrupt ends it at once: a
 * thread left in a native read would hold up the end of the process by 300 ms.
 */
final class NioDatagramPort implements DatagramPort {
    /** More than any answer we ask for; the rest of a longer datagram is cut off. */
    private static final int LONGEST = 8192;

    private final DatagramChannel channel;
    private final LocalRoute route;
    private final Optional<NetworkInterface> network;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
    private int turn;

    /** @param network on which groups are joined */
    NioDatagramPort(DatagramChannel channel, LocalRoute route, Optional<NetworkInterface> network) throws IOException {
        this.channel = channel;
        this.route = route;
        this.network = network;
        this.selector = Selector.open();
        add(channel);
    }

    private void add(DatagramChannel another) throws IOException {
        another.configureBlocking(false);
        another.register(selector, SelectionKey.OP_READ);
        channels.add(another);
    }

    @Override
    public void alsoHear(InetSocketAddress group) {
        if (network.isEmpty() || IpVersion.of(group.getAddress()) != IpVersion.IPV4) {
            return;
        }
        try {
            DatagramChannel listener = DatagramChannel.open(StandardProtocolFamily.INET);
            try {
                listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                // To the group's own address, so that datagrams to this machine's port reach other programs.
                listener.bind(group);
                listener.join(group.getAddress(), network.get());
                add(listener);
            } catch (IOException e) {
                listener.close();
            }
        } catch (IOException e) {
            // Announcements are only a second way to find a router.
            return;
        }
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public SendResult send(byte[] payload, InetSocketAddress destination) {
        SendResult first = trySend(payload, destination);
        // What a router's firewall refused of an earlier datagram is told by the next call, once, and looks the same. A
        // rule of this machine keeps the second one in as well.
        return first == SendResult.KEPT_IN ? trySend(payload, destination) : first;
    }

    private SendResult trySend(byte[] payload, InetSocketAddress destination) {
        try {
            if (channel.isConnected()) {
                channel.write(ByteBuffer.wrap(payload));
            } else {
                channel.send(ByteBuffer.wrap(payload), Zones.of(destination, route));
            }
            return SendResult.SENT;
        } catch (IOException e) {
            // Otherwise lost, or the ICMP error of an earlier datagram: receive() reports the next one.
            return OwnFirewall.keepsIn(e, route.localAddress(), Zones.of(destination, route))
                    ? SendResult.KEPT_IN
                    : SendResult.LOST;
        }
    }

    @Override
    public ReceiveResult receive(Duration timeout) {
        try {
            // A flood of datagrams must not keep a cancelled search going.
            ReceiveResult waiting = Thread.currentThread().isInterrupted() ? new ReceiveResult.Interrupted() : read();
            if (waiting instanceof ReceiveResult.Silence && !timeout.isZero()) {
                selector.selectedKeys().clear();
                selector.select(Math.max(1, timeout.toMillis()));
                return Thread.currentThread().isInterrupted() ? new ReceiveResult.Interrupted() : read();
            }
            return waiting;
        } catch (PortUnreachableException e) {
            return new ReceiveResult.Unreachable(Message.of("system.no-listener"));
        } catch (ClosedChannelException e) {
            return new ReceiveResult.Interrupted();
        } catch (IOException e) {
            return new ReceiveResult.Unreachable(reason(e));
        }
    }

    /** Reads the channels in turn, so that a flood on one does not hide the other. */
    private ReceiveResult read() throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            turn = (turn + 1) % channels.size();
            buffer.clear();
            InetSocketAddress sender = (InetSocketAddress) channels.get(turn).receive(buffer);
            if (sender != null) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                InetSocketAddress plain = new InetSocketAddress(Zones.without(sender.getAddress()), sender.getPort());
                return new ReceiveResult.Packet(plain, bytes);
            }
        }
        return new ReceiveResult.Silence();
    }

    @Override
    public InetAddress localAddress() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            for (DatagramChannel open : channels) {
                open.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message reason(IOException e) {
        return ErrorText.of(e).map(Message::verbatim).orElseGet(() -> Message.of("system.network-error"));
    }
}
