package dev.ajar.relay.engine.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Accepts TCP connections in an event loop, without a channel around each. */
public final class ListeningSocket implements EpollIoHandle {
    /** For one rule at a time, so that connections get their turn. */
    private static final int AT_ONCE = 32;

    /** Linux caps it at net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private static final long AFTER_RUNNING_OUT_MILLIS = 200;

    /** A length, an IPv6 address, its scope and a port. */
    private static final int ADDRESS_BYTES = 25;

    private static final int NONE = -1;

    private static final int LOOKS_EVERY = 8;

    /** ENOMEM, ENFILE, EMFILE and ENOBUFS (Linux's errno.h). */
    private static final Set<Integer> RAN_OUT = Set.of(12, 23, 24, 105);

    /** Receives connections, on the loop's thread. */
    public interface Door {
        /** @param number of the connection's file descriptor, which is the receiver's to close */
        void welcome(int number, InetSocketAddress client);

        /** The system has no file descriptor or memory for one. */
        void ranOut();
    }

    private final Door door;
    private final LinuxSocket socket = LinuxSocket.newSocketStream();
    private final byte[] address = new byte[ADDRESS_BYTES];
    private volatile @Nullable IoRegistration registration;
    private volatile EventLoops.@Nullable Loop loop;
    private boolean busy;
    private int wakes;

    /** @throws RuntimeException where no file descriptor is left, as Netty does */
    public ListeningSocket(Door door) {
        this.door = door;
    }

    /** @param where shared with other sockets of this kind */
    void listen(InetSocketAddress where, EventLoops.Loop home) throws IOException {
        loop = home;
        socket.setReuseAddress(true);
        socket.setReusePort(true);
        // The sockets it accepts inherit that, which saves a system call for each.
        socket.setTcpNoDelay(true);
        socket.bind(where);
        socket.listen(BACKLOG);
        IoRegistration mine = LoopRegistration.open(home, this);
        registration = mine;
        home.group().execute(() -> mine.submit(EpollIoOps.EPOLLIN));
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /**
     * Asks for another connection only while there are several at a time, else it would be one call too many; now and
     * then it looks whether there are.
     */
    @Override
    public void handle(IoRegistration from, IoEvent event) {
        boolean more = busy || ++wakes % LOOKS_EVERY == 0;
        int count = 0;
        while (count < (more ? AT_ONCE : 1) && socket.isOpen()) {
            int number;
            try {
                number = socket.accept(address);
            } catch (IOException e) {
                failed(e);
                return;
            }
            if (number == NONE) {
                break;
            }
            count++;
            door.welcome(number, NativeInetAddress.address(address, 1, address[0]));
        }
        busy = count > 1;
    }

    /** Without file descriptors or memory, trying again at once would only use the processor. */
    private void failed(IOException why) {
        if (!(why instanceof Errors.NativeIoException error) || !RAN_OUT.contains(-error.expectedErr())) {
            // Of one connection, such as ECONNABORTED.
            return;
        }
        door.ranOut();
        IoRegistration mine = registration;
        EventLoops.Loop home = loop;
        if (mine != null && home != null) {
            mine.submit(EpollIoOps.NONE);
            var unused = home.group()
                    .schedule(
                            () -> mine.isValid() ? mine.submit(EpollIoOps.EPOLLIN) : 0,
                            AFTER_RUNNING_OUT_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** For any thread. */
    void shut(long patienceMillis) {
        EventLoops.Loop home = loop;
        if (home == null || registration == null) {
            close();
            return;
        }
        home.group().submit(this::close).awaitUninterruptibly(patienceMillis);
    }

    @Override
    public void close() {
        LoopRegistration.close(socket, registration);
    }
}
