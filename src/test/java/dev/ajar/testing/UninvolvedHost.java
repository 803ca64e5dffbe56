package dev.ajar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A host on the network that ajar must not contact; it counts the connections to it. */
public final class UninvolvedHost implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final AtomicInteger visits = new AtomicInteger();

    /** @param address one of loopback's */
    public UninvolvedHost(InetAddress address) throws IOException {
        server.bind(new InetSocketAddress(address, 0));
        Thread.ofVirtual().name("uninvolved host").start(this::serve);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                server.accept().close();
                visits.incrementAndGet();
            } catch (IOException e) {
                // The test closed it.
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
