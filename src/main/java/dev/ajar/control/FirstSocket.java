package dev.ajar.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Prepares Java's Unix sockets, which takes 10 ms in each process: their class makes a source of random names, which no
 * client needs.
 */
public final class FirstSocket {
    private FirstSocket() {}

    /**
     * Begins on a thread of its own, where a daemon may have to be asked.
     *
     * @param stateFolder where a daemon of this user says where it listens
     */
    public static void prepare(Path stateFolder) {
        if (SocketLocation.isAnnounced(stateFolder)
                || ServiceSocket.ofThisMachine().exists()) {
            Thread.ofPlatform().daemon().name("first socket").start(FirstSocket::open);
        }
    }

    private static void open() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.isOpen();
        } catch (IOException | UnsupportedOperationException e) {
            // A system without them has another way to its daemon.
            return;
        }
    }
}
