package dev.ajar.relay.engine.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket in an event loop without a channel around it: a channel asks the system for options, addresses and
 * buffer sizes that a relay does not need. Events are edge-triggered, so a socket is added to epoll once and not
 * changed for each wait. On the loop's own thread.
 */
public final class EpollSide implements EpollIoHandle {
    /** Not among the constants that Netty publishes (sys/epoll.h). */
    public static final int HANG_UP = 0x10;

    public static final int ERROR = Native.EPOLLERR;
    public static final int ROOM = Native.EPOLLOUT;

    /** Urgent data (EPOLLPRI): a read stops before it, and splicing does not get past it. */
    private static final int URGENT = 0x2;

    /** There is something to read: bytes, the end, or an error. */
    public static final int INPUT = Native.EPOLLIN | URGENT | Native.EPOLLRDHUP | HANG_UP | ERROR;

    private static final EpollIoOps INPUT_ONLY =
            EpollIoOps.valueOf(Native.EPOLLIN | URGENT | Native.EPOLLRDHUP | Native.EPOLLET);
    private static final EpollIoOps BOTH = INPUT_ONLY.with(EpollIoOps.EPOLLOUT);

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_KEEPIDLE = 4;
    private static final int TCP_KEEPINTVL = 5;
    private static final int TCP_KEEPCNT = 6;
    private static final int TCP_NOTSENT_LOWAT = 25;

    /** The system buffers no more than that ahead of the network, so a slow reader is noticed soon. */
    private static final int AHEAD = 128 * 1024;

    /** Receives the events of a side. */
    @FunctionalInterface
    public interface Owner {
        /** @param events of epoll */
        void ready(EpollSide side, int events);
    }

    private final FileDescriptor fd;
    private final Owner owner;
    private @Nullable Socket socket;
    private @Nullable IoRegistration registration;
    private EpollIoOps interest;
    private boolean wrote;
    private boolean withoutDelay;

    private EpollSide(FileDescriptor fd, @Nullable Socket socket, Owner owner, EpollIoOps interest, boolean noDelay) {
        this.fd = fd;
        this.socket = socket;
        this.owner = owner;
        this.interest = interest;
        this.withoutDelay = noDelay;
    }

    /** @param number of a socket whose listening socket sends without delay */
    public static EpollSide accepted(int number, Owner owner) {
        return new EpollSide(new FileDescriptor(number), null, owner, INPUT_ONLY, true);
    }

    /** A socket that begins to connect. */
    public static EpollSide connecting(LinuxSocket socket, Owner owner) {
        return new EpollSide(socket, socket, owner, BOTH, false);
    }

    /** Ends a connection that has no side yet, with a reset. */
    public static void refuse(int number) {
        new EpollSide(new FileDescriptor(number), null, (side, events) -> {}, INPUT_ONLY, true).reset();
    }

    public void register(EventLoops.Loop loop) throws IOException {
        registration = LoopRegistration.open(loop, this);
        registration().submit(interest);
    }

    private IoRegistration registration() {
        return Objects.requireNonNull(registration);
    }

    /**
     * Netty asks the system about each socket it makes, so an accepted one is made only where an option is to be set.
     */
    private Socket socket() {
        Socket there = socket;
        if (there == null) {
            there = new Socket(fd.intValue());
            socket = there;
        }
        return there;
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration unused, IoEvent event) {
        owner.ready(this, ((EpollIoEvent) event).ops().value());
    }

    /** A loop that cannot wait for a socket closes it, and another may have its number by now. */
    private void checkOpen() throws ClosedChannelException {
        if (!fd.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** @return -1 at the end, 0 when there is nothing to read now */
    public int read(ByteBuffer into, int most) throws IOException {
        checkOpen();
        return fd.read(into, 0, most);
    }

    /** @return how many of the bytes from {@code begin} to {@code end} the system took */
    public int write(ByteBuffer bytes, int begin, int end) throws IOException {
        aboutToWrite();
        return fd.write(bytes, begin, end);
    }

    /** Nagle's algorithm delays no first write, and many connections need only one. */
    private void aboutToWrite() throws IOException {
        checkOpen();
        if (wrote && !withoutDelay) {
            socket().setTcpNoDelay(true);
            withoutDelay = true;
        }
        wrote = true;
    }

    /** @return 0 at the end, and when there is nothing to read now */
    public int spliceTo(SplicePipe pipe, int most) throws IOException {
        checkOpen();
        return Native.splice(fd.intValue(), -1, pipe.in().intValue(), -1, most);
    }

    public int spliceFrom(SplicePipe pipe, int length) throws IOException {
        aboutToWrite();
        return Native.splice(pipe.out().intValue(), -1, fd.intValue(), -1, length);
    }

    /** An event says when the system takes bytes again. */
    public void awaitRoom() {
        if (!interest.equals(BOTH)) {
            interest = BOTH;
            registration().submit(BOTH);
        }
    }

    public void endOutput() throws IOException {
        checkOpen();
        socket().shutdown(false, true);
    }

    /** @return null once it has been reset */
    @Nullable
    public InetSocketAddress localAddress() {
        return fd.isOpen() ? socket().localAddress() : null;
    }

    /** A peer that has vanished is noticed after two minutes. */
    public void settleIn(boolean keepAlive) {
        try {
            checkOpen();
            socket().setIntOpt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, AHEAD);
            socket().setKeepAlive(keepAlive);
            if (keepAlive) {
                socket().setIntOpt(IPPROTO_TCP, TCP_KEEPIDLE, 60);
                socket().setIntOpt(IPPROTO_TCP, TCP_KEEPINTVL, 20);
                socket().setIntOpt(IPPROTO_TCP, TCP_KEEPCNT, 3);
            }
        } catch (IOException e) {
            // Its peer is gone, which an event will tell.
            return;
        }
    }

    public void stopKeepAlive() {
        try {
            checkOpen();
            socket().setKeepAlive(false);
        } catch (IOException e) {
            // As above.
            return;
        }
    }

    /** The peer sees a reset, and bytes that wait are discarded. */
    public void reset() {
        if (fd.isOpen()) {
            try {
                socket().setSoLinger(0);
            } catch (IOException e) {
                // It is reset already.
                close();
                return;
            }
            close();
        }
    }

    @Override
    public void close() {
        if (fd.isOpen()) {
            LoopRegistration.close(fd, registration);
        }
    }
}
