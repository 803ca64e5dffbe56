package dev.ajar.container.engine;

import dev.ajar.container.EngineAddress;
import dev.ajar.message.Message;
import dev.ajar.system.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection to an engine. Every wait has a deadline and ends when the thread is interrupted. */
final class EngineChannel implements Closeable {
    /** The other side has closed the connection. */
    static final int END = -1;

    /** Nothing came before the deadline. */
    static final int NOTHING = -2;

    private static final int BUFFER = 1 << 14;

    /** For connecting and for sending a request. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER).limit(0);

    private EngineChannel(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    static EngineChannel connect(EngineAddress address, Deadline deadline) throws IOException {
        return switch (address) {
            // Without blocking, one whose queue is full would look connected.
            case EngineAddress.Unix(var socket) ->
                connect(
                        SocketChannel.open(StandardProtocolFamily.UNIX),
                        UnixDomainSocketAddress.of(socket),
                        true,
                        deadline);
            case EngineAddress.Tcp tcp -> connect(SocketChannel.open(), tcp.socket(), false, deadline);
        };
    }

    private static EngineChannel connect(SocketChannel channel, SocketAddress place, boolean blocks, Deadline deadline)
            throws IOException {
        try {
            channel.configureBlocking(blocks);
            channel.connect(place);
            channel.configureBlocking(false);
            return registered(channel, deadline);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static EngineChannel registered(SocketChannel channel, Deadline deadline) throws IOException {
        Selector selector = Selector.open();
        try {
            EngineChannel made = new EngineChannel(channel, selector, channel.register(selector, 0));
            made.finish(deadline.within(PATIENCE));
            return made;
        } catch (IOException e) {
            // The channel's descriptor stays as well while a selector has it.
            selector.close();
            throw e;
        }
    }

    private void finish(Deadline deadline) throws IOException {
        while (!channel.finishConnect()) {
            awaitOrFail(SelectionKey.OP_CONNECT, deadline);
        }
    }

    void write(byte[] bytes, Deadline deadline) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        Deadline limit = deadline.within(PATIENCE);
        while (left.hasRemaining()) {
            if (channel.write(left) == 0) {
                awaitOrFail(SelectionKey.OP_WRITE, limit);
            }
        }
    }

    /** @return the next byte, or {@link #END}, or {@link #NOTHING} */
    int next(Deadline deadline) throws IOException {
        while (!received.hasRemaining()) {
            received.clear();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                return END;
            }
            if (count == 0 && !isReady(SelectionKey.OP_READ, deadline)) {
                return NOTHING;
            }
        }
        return received.get() & 0xFF;
    }

    private void awaitOrFail(int operation, Deadline deadline) throws IOException {
        if (!isReady(operation, deadline)) {
            throw new EngineException(Message.of("containers.answer-late", "seconds", PATIENCE.toSeconds()));
        }
    }

    private boolean isReady(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        while (!deadline.hasPassed()) {
            selector.select(wholeMillis(deadline.remaining()));
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("ended");
            }
            if (selector.selectedKeys().remove(key)) {
                return true;
            }
        }
        return false;
    }

    /** Never zero, which would mean without an end, and never less: the deadline has passed then. */
    private static long wholeMillis(Duration left) {
        return left.plusNanos(999_999).toMillis();
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            // It is not used again, and the engine notices.
            return;
        }
    }
}
