package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Answers clients on a Unix socket of mode 0600: only this user and root can connect. The protocol is in
 * {@code docs/control.md}.
 */
public final class ControlServer implements AutoCloseable {
    /** The version of the protocol. A new request or member does not change it. */
    static final long VERSION = 3;

    private static final int LONGEST_REQUEST = 64 * 1024;

    /** Idle clients cost little, but each takes a file descriptor. */
    private static final int MOST_CLIENTS = 512;

    private static final int MOST_COMMANDS = 32;

    /** Sent at once, so that a client can distinguish a daemon that hangs from a command that takes long. */
    static final byte[] ACCEPTED = {'+', '\n'};

    private static final int REQUEST_SECONDS = 10;

    /** How long a client may take to read one document. */
    private static final int WRITE_SECONDS = 10;

    /** Longer than the longest command. */
    private static final int COMMAND_SECONDS = 700;

    private final ServerSocketChannel server;
    private final Path place;
    private final Function<ControlRequest, ControlRequest.Response> worker;

    /** Empty for a process that only runs commands. */
    private final Optional<ControlHandler> handler;

    private final Semaphore clients = new Semaphore(MOST_CLIENTS);
    private final Semaphore commands = new Semaphore(MOST_COMMANDS);
    private final ScheduledExecutorService limits;

    private ControlServer(
            ServerSocketChannel server,
            Path place,
            Function<ControlRequest, ControlRequest.Response> worker,
            Optional<ControlHandler> handler) {
        this.server = server;
        this.place = place;
        this.worker = worker;
        this.handler = handler;
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("control-limits").factory());
        pool.setRemoveOnCancelPolicy(true);
        this.limits = pool;
    }

    /** A server that only runs commands. */
    public static ControlServer start(Path place, Function<ControlRequest, ControlRequest.Response> commands)
            throws IOException {
        return start(place, commands, Optional.empty());
    }

    /**
     * @param place the socket's file; the socket that a killed process of this user left there is replaced
     * @throws IOException if the socket cannot be made, or anything else is there
     */
    public static ControlServer start(Path place, ControlHandler handler) throws IOException {
        return start(place, handler::run, Optional.of(handler));
    }

    private static ControlServer start(
            Path place, Function<ControlRequest, ControlRequest.Response> commands, Optional<ControlHandler> handler)
            throws IOException {
        clear(place);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(place));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        ControlServer started = new ControlServer(server, place, commands, handler);
        Thread.ofPlatform().daemon().name("control").start(started::accept);
        return started;
    }

    /** A file of the user, or the socket of another process, must not be lost. */
    private static void clear(Path place) throws IOException {
        if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!SocketLocation.isOwnSocket(place)) {
            throw new IOException(Message.of("control.not-own-socket").toString());
        }
        if (isAnswered(place)) {
            throw new IOException(Message.of("control.in-use").toString());
        }
        Files.deleteIfExists(place);
    }

    private static boolean isAnswered(Path place) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(place));
        } catch (IOException e) {
            return false;
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (clients.tryAcquire()) {
                    Thread.ofVirtual().name("control-client").start(() -> serve(client));
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
        try (client) {
            byte[] line = within(REQUEST_SECONDS, client, () -> new LineReader(client, LONGEST_REQUEST).next());
            IncomingRequest request = IncomingRequest.read(line);
            LineProtocol.write(client, ACCEPTED);
            switch (request) {
                case IncomingRequest.Command(long version, ControlRequest command) ->
                    send(
                            client,
                            within(COMMAND_SECONDS, client, () -> run(command).toBytes()));
                case IncomingRequest.Watch(long version)
                when handler.isPresent() ->
                    send(client, LineProtocol.line(handler.get().watch()));
                case IncomingRequest.Follow(long version) when handler.isPresent() -> follow(client, handler.get());
                case IncomingRequest.Watch(long version) -> send(client, LineProtocol.line(unknown(version)));
                case IncomingRequest.Follow(long version) -> send(client, LineProtocol.line(unknown(version)));
                case IncomingRequest.Named(long version, String name, JsonObject members) ->
                    send(
                            client,
                            within(COMMAND_SECONDS, client, () -> LineProtocol.line(answer(version, name, members))));
            }
        } catch (IOException | JsonException e) {
            // The client is not ajar, or closed the connection before the answer.
            return;
        } finally {
            clients.release();
        }
    }

    private ControlRequest.Response run(ControlRequest request) {
        if (!commands.tryAcquire()) {
            return new ControlRequest.Response(75, "", Message.of("control.too-many") + "\n");
        }
        try {
            return worker.apply(request);
        } finally {
            commands.release();
        }
    }

    private String answer(long version, String name, JsonObject members) {
        Optional<ControlHandler> knowing =
                handler.filter(there -> there.requests().contains(name));
        if (knowing.isEmpty()) {
            return unknown(version);
        }
        if (!commands.tryAcquire()) {
            return error("busy", Message.of("control.at-capacity"));
        }
        try {
            return knowing.get().answer(name, members);
        } catch (JsonException e) {
            return error("bad_request", Message.of("control.bad-request", "why", String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("busy", Message.of("control.ending"));
        } finally {
            commands.release();
        }
    }

    private static String unknown(long version) {
        return error(
                "unknown_request",
                version > VERSION ? Message.of("control.older-daemon") : Message.of("control.no-request"));
    }

    private static String error(String code, Message message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ajar", VERSION);
        json.put("error", error);
        return JsonWriter.write(json);
    }

    /** Until the client closes the connection. */
    private void follow(SocketChannel client, ControlHandler source) {
        Thread follower = Thread.currentThread();
        Thread reader = Thread.ofVirtual().start(() -> {
            readToEnd(client);
            follower.interrupt();
        });
        try {
            source.follow(document -> {
                try {
                    send(client, LineProtocol.line(document));
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (InterruptedException e) {
            // The client has left; this thread ends with it.
            Thread.currentThread().interrupt();
        } finally {
            LineProtocol.close(client);
            reader.interrupt();
        }
    }

    private static void readToEnd(SocketChannel client) {
        ByteBuffer ignored = ByteBuffer.allocate(512);
        try {
            while (client.read(ignored) >= 0) {
                ignored.clear();
            }
        } catch (IOException e) {
            return;
        }
    }

    private void send(SocketChannel client, byte[] bytes) throws IOException {
        within(WRITE_SECONDS, client, () -> {
            LineProtocol.write(client, bytes);
            return bytes;
        });
    }

    /** Closes the client's channel, and so ends the action, if it takes longer. */
    private byte[] within(int seconds, SocketChannel client, Exchange action) throws IOException {
        ScheduledFuture<?> limit;
        try {
            limit = limits.schedule(() -> LineProtocol.close(client), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the server is closed", e);
        }
        try {
            return action.run();
        } finally {
            limit.cancel(false);
        }
    }

    /** One part of a conversation. */
    @FunctionalInterface
    private interface Exchange {
        byte[] run() throws IOException;
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
