package dev.ajar.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Where a daemon waits for its clients: a Unix socket, or a port of this machine with a token. */
interface Listener extends AutoCloseable {
    /**
     * Begins to listen.
     *
     * @param place the file that clients find it by, whose name tells the kind
     * @throws IOException if it is not possible, or anything but what a killed process of this user left is at that place
     */
    static Listener at(Path place) throws IOException {
        return SocketLocation.isTokenFile(place) ? TcpListener.start(place) : UnixListener.start(place);
    }

    boolean isOpen();

    /** Waits for the next client. */
    SocketChannel accept() throws IOException;

    /**
     * Whether a client is one of this user, who alone may ask. Waits for what the client says; the caller limits that.
     *
     * @throws IOException if the client has ended
     */
    boolean admits(SocketChannel client) throws IOException;

    /** Whether a client has to say who it is, so that a stranger could connect. */
    boolean asksClients();

    /** Ends, and removes the file. */
    @Override
    void close() throws IOException;
}
