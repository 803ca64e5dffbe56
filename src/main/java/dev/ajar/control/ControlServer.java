package dev.ajar.control;

import dev.ajar.json.JsonException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Listens for commands on a Unix socket of mode 0600: only this user and root can connect. */
public final class ControlServer implements AutoCloseable {
    private static final int LONGEST_COMMAND = 64 * 1024;
    private static final int AT_ONCE = 32;

    /** Sent at once, so that a client can distinguish a daemon that hangs from a command that takes long. */
    static final byte[] ACCEPTED = {'+', '\n'};

    /** Longer than the longest command. */
    private static final int PATIENCE_SECONDS = 700;

    private final ServerSocketChannel server;
    private final Path place;
    private final Function<ControlRequest, ControlRequest.Response> worker;
    private final Semaphore connectionLimit = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService limits;

    private ControlServer(
            ServerSocketChannel server, Path place, Function<ControlRequest, ControlRequest.Response> worker) {
        this.server = server;
        this.place = place;
        this.worker = worker;
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("control-limits").factory());
        pool.setRemoveOnCancelPolicy(true);
        this.limits = pool;
    }

    /**
     * @param place the socket's file; a file that is there already is replaced, so the caller must know that no other daemon
     *     listens on it
     * @param worker runs a command, on one of several threads
     */
    public static ControlServer start(Path place, Function<ControlRequest, ControlRequest.Response> worker)
            throws IOException {
        Files.deleteIfExists(place);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(place));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        ControlServer started = new ControlServer(server, place, worker);
        Thread.ofPlatform().daemon().name("control").start(started::accept);
        return started;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (connectionLimit.tryAcquire()) {
                    Thread.ofPlatform().daemon().name("control-client").start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // Closed, or out of file descriptors, of which one may be free a moment later.
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private void serve(SocketChannel client) {
        ScheduledFuture<?> limit =
                limits.schedule(() -> LineProtocol.close(client), PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (client) {
            ControlRequest controlRequest = ControlRequest.of(LineProtocol.readLine(client, LONGEST_COMMAND));
            LineProtocol.write(client, ACCEPTED);
            LineProtocol.write(client, worker.apply(controlRequest).toBytes());
        } catch (IOException | JsonException e) {
            // The client is not ajar, or closed the connection before the answer.
            return;
        } finally {
            limit.cancel(false);
            connectionLimit.release();
        }
    }

    @Override
    public void close() {
        limits.shutdownNow();
        try {
            server.close();
            Files.deleteIfExists(place);
        } catch (IOException e) {
            // The next daemon replaces the file.
            return;
        }
    }
}
