package dev.ajar.system.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;

/**
 * One channel and one selector. The selector, rather than a blocking read, because an interrupt ends it at once: a
 * thread left in a native read would hold up the end of the process by 300 ms.
 */
final class NioDatagramPort implements DatagramPort {
    /** More than any answer we ask for; the rest of a longer datagram is cut off. */
    private static final int LONGEST = 8192;

    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);

    NioDatagramPort(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public Optional<String> send(byte[] payload, InetSocketAddress destination) {
        try {
            if (channel.isConnected()) {
                channel.write(ByteBuffer.wrap(payload));
            } else {
                channel.send(ByteBuffer.wrap(payload), destination);
            }
            return Optional.empty();
        } catch (PortUnreachableException e) {
            // An earlier datagram's ICMP error; receive() reports the next one.
            return Optional.of("nobody listens there");
        } catch (IOException e) {
            return Optional.of(reason(e));
        }
    }

    @Override
    public Reception receive(Duration timeout) {
        try {
            // A flood must not keep a search going that was called off.
            Reception waiting =
                    Thread.currentThread().isInterrupted() ? new Reception.Interrupted() : read();
            if (waiting instanceof Reception.Silence && !timeout.isZero()) {
                selector.selectedKeys().clear();
                selector.select(Math.max(1, timeout.toMillis()));
                return Thread.currentThread().isInterrupted()
                        ? new Reception.Interrupted()
                        : read();
            }
            return waiting;
        } catch (PortUnreachableException e) {
            return new Reception.Unreachable("nobody listens there");
        } catch (ClosedChannelException e) {
            return new Reception.Interrupted();
        } catch (IOException e) {
            return new Reception.Unreachable(reason(e));
        }
    }

    private Reception read() throws IOException {
        buffer.clear();
        InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
        if (sender == null) {
            return new Reception.Silence();
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return new Reception.Packet(sender, bytes);
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
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
