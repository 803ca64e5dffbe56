package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.engine.loop.EmptyDatagram;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.LoopRegistration;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * On Linux, without a channel: a system call for each datagram, and for each session the four that it needs to begin.
 */
final class EpollBackend implements UdpBackend, EpollIoHandle {
    /** For one session at a time, so that others get their turn. */
    private static final int AT_ONCE = 16;

    private static final int LOOKS_EVERY = 8;

    private final LinuxSocket socket;
    private final EventLoops.Loop loop;
    private final Answers answers;
    private @Nullable IoRegistration registration;
    private boolean busy;
    private int wakes;

    private EpollBackend(LinuxSocket socket, EventLoops.Loop loop, Answers answers) {
        this.socket = socket;
        this.loop = loop;
        this.answers = answers;
    }

    /**
     * @throws IOException when the device cannot be reached
     * @throws RuntimeException where no file descriptor is left, as Netty does
     */
    static EpollBackend open(EventLoops.Loop loop, InetSocketAddress device, Answers answers) throws IOException {
        EpollBackend back = new EpollBackend(LinuxSocket.newSocketDgram(false), loop, answers);
        try {
            back.socket.connect(device);
            IoRegistration mine = LoopRegistration.open(loop, back);
            mine.submit(EpollIoOps.EPOLLIN);
            back.registration = mine;
        } catch (IOException e) {
            back.close();
            throw e;
        }
        return back;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /** Asks for another datagram only where there were several the last time: else it would be one call too many. */
    @Override
    public void handle(IoRegistration unused, IoEvent event) {
        boolean more = busy || ++wakes % LOOKS_EVERY == 0;
        int count = 0;
        try {
            while (count < (more ? AT_ONCE : 1) && socket.isOpen()) {
                ByteBuffer scratch = loop.workspace().scratch();
                int length = socket.read(scratch, 0, LARGEST);
                if (length == 0) {
                    break;
                }
                count++;
                // One without content reads like the end of a stream.
                answers.answer(length < 0 ? Unpooled.EMPTY_BUFFER : copy(scratch, length));
            }
        } catch (IOException e) {
            // Mostly an ICMP error that no program listens on the device's port: one may start to.
            answers.refused(Refusal.DEVICE_REFUSED);
        } catch (RuntimeException | OutOfMemoryError e) {
            // Mostly no memory. Further up it would end the loop.
            answers.ended(Refusal.CONGESTED);
        }
        busy = count > 1;
        answers.complete();
    }

    private ByteBuf copy(ByteBuffer scratch, int length) {
        return loop.allocator().directBuffer(length, length).writeBytes(scratch.slice(0, length));
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    /** One that finds no room is lost, as any datagram may be. */
    @Override
    public void send(ByteBuf bytes) {
        try {
            if (!socket.isOpen()) {
                // The loop could not wait for it, and another may have its number by now.
                throw new ClosedChannelException();
            }
            if (!bytes.isReadable()) {
                EmptyDatagram.send(socket, null);
                return;
            }
            ByteBuffer content = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
            if (socket.write(content, content.position(), content.limit()) == 0) {
                answers.refused(Refusal.CONGESTED);
            }
        } catch (IOException e) {
            answers.refused(Refusal.DEVICE_REFUSED);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void flush() {
        // Each was sent at once.
    }

    @Override
    public void close() {
        LoopRegistration.close(socket, registration);
    }
}
