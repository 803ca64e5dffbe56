package dev.ajar.gateway.admin.fake;

import dev.ajar.model.Addresses;
import dev.ajar.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS with a certificate that no authority signed, in front of any router's interface. */
public final class TlsFront implements AutoCloseable {
    private final URI behind;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile SSLContext certificate = TestCertificates.server("router");

    /** @param behind of the interface without TLS */
    public TlsFront(URI behind) {
        this.behind = behind;
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(Addresses.ipv4("127.0.0.1").orElseThrow(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::serve);
    }

    public URI base() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on it shows another key, as after an update of the router, or as another device in its place does. */
    public void changes() {
        certificate = TestCertificates.server("changed");
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> pass(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket client) {
        try (SSLSocket secure = (SSLSocket) certificate.getSocketFactory().createSocket(client, "127.0.0.1", 0, true);
                Socket router = new Socket(behind.getHost(), behind.getPort())) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            threads.execute(() -> copy(secure, router));
            router.getInputStream().transferTo(secure.getOutputStream());
        } catch (IOException e) {
            // One side is gone.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
