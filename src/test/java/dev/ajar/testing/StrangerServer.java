package dev.ajar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Another device of the network, which ajar has no reason to contact: it counts who connects all the same. */
public final class StrangerServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final AtomicInteger visits = new AtomicInteger();

    /** @param address one of loopback's */
    public StrangerServer(InetAddress address) throws IOException {
        server.bind(new InetSocketAddress(address, 0));
        Thread.ofVirtual().name("stranger").start(this::serve);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                server.accept().close();
                visits.incrementAndGet();
            } catch (IOException e) {
                // Closed: that is how it ends.
                return;
            }
        }
    }

    /** Its address and port, as in a URL. */
    public String place() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    public int visits() {
        return visits.get();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
