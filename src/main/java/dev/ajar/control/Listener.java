package dev.ajar.control;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a daemon waits for its clients: a Unix socket, or a port of this machine with a token. */
abstract sealed class Listener implements AutoCloseable permits TcpListener, UnixListener {
    private final ServerSocketChannel server;
    private final Path place;

    Listener(ServerSocketChannel server, Path place) {
        this.server = server;
        this.place = place;
    }

    /**
     * Begins to listen.
     *
     * @param place the file that clients find it by, whose name tells the kind
     * @param group that may use a Unix socket too
     * @throws IOException if it is not possible, or anything but what a killed process of this user left is at that
     *     place
     */
    static Listener at(Path place, Optional<SocketGroup> group) throws IOException {
        return SocketLocation.isTokenFile(place) ? TcpListener.start(place) : UnixListener.start(place, group);
    }

    final boolean isOpen() {
        return server.isOpen();
    }

    /** Waits for the next client. */
    final SocketChannel accept() throws IOException {
        return server.accept();
    }

    /**
     * Whether a client is one of this user, or of the group that may ask too. Waits for what the client says; the
     * caller limits that.
     *
     * @throws IOException if the client has ended
     */
    abstract boolean admits(SocketChannel client) throws IOException;

    /** Whether a client has to say who it is, so that any process could connect. */
    abstract boolean asksClients();

    /** Ends, and removes the file. */
    @Override
    public final void close() throws IOException {
        server.close();
        Files.deleteIfExists(place);
    }
}
