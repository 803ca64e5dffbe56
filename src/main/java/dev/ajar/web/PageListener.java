package dev.ajar.web;

import com.sun.net.httpserver.HttpHandler;
import dev.ajar.model.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Listens on 127.0.0.1 and ::1, at the same port. */
final class PageListener implements AutoCloseable {
    private static final InetAddress IPV4 = Addresses.ipv4("127.0.0.1").orElseThrow();
    private static final InetAddress IPV6 = Addresses.ipv6("::1").orElseThrow();

    private final HttpListener ipv4;
    private final Optional<HttpListener> ipv6;

    private PageListener(HttpListener ipv4, Optional<HttpListener> ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for one that the system chooses
     * @throws IOException if 127.0.0.1 is not to be had
     */
    static PageListener start(int port, HttpHandler handler) throws IOException {
        HttpListener first = HttpListener.start(new InetSocketAddress(IPV4, port), handler);
        return new PageListener(first, second(first.port(), handler));
    }

    /** Without IPv6 on this machine, 127.0.0.1 is enough. */
    private static Optional<HttpListener> second(int port, HttpHandler handler) {
        try {
            return Optional.of(HttpListener.start(new InetSocketAddress(IPV6, port), handler));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    int port() {
        return ipv4.port();
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.ifPresent(HttpListener::close);
    }
}
