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

/** Listens for commands. Whoever may open the socket, a file of mode 0600, may give them. */
public final class ControlServer implements AutoCloseable {
    private static final int LONGEST_COMMAND = 64 * 1024;
    private static final int AT_ONCE = 32;

    /** Said at once, so that a daemon that hangs can be told from a command that takes long. */
    static final byte[] ACCEPTED = {'+', '\n'};

    /** A command has to come at once, and its answer within the longest time a command may take. */
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
     * @param place the socket's file; one that is left from before is replaced, so whoever calls must know that no other
     *     daemon is there
     * @param worker carries a command out, on one of several threads
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
                // Closed, or out of file descriptors: a moment later one may be free.
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private void serve(SocketChannel client) {
        ScheduledFuture<?> limit = limits.schedule(() -> closeQuietly(client), PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (client) {
            ControlRequest controlRequest = ControlRequest.of(LineProtocol.readLine(client, LONGEST_COMMAND));
            LineProtocol.write(client, ACCEPTED);
            LineProtocol.write(client, worker.apply(controlRequest).toBytes());
        } catch (IOException | JsonException e) {
            // Not one of ours, or gone before the answer.
            return;
        } finally {
            limit.cancel(false);
            connectionLimit.release();
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() {
        limits.shutdownNow();
        try {
            server.close();
            Files.deleteIfExists(place);
        } catch (IOException e) {
            // The next daemon replaces what is left.
            return;
        }
    }
}
