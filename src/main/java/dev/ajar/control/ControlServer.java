package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Answers clients of this user. The protocol is in {@code docs/control.md}. */
public final class ControlServer implements AutoCloseable {
    /** The version of the protocol. A new request or member does not change it. */
    static final long VERSION = 3;

    private static final int LONGEST_REQUEST = 64 * 1024;

    /** Idle clients cost little, but each takes a file descriptor. */
    private static final int MOST_CLIENTS = 512;

    private static final int MOST_COMMANDS = 32;

    /**
     * Connections whose user is not known yet: they must not take the places of clients. Of too many, the oldest ends.
     */
    private static final int MOST_UNIDENTIFIED = 64;

    /** How long a connection may take to tell whose it is. */
    private static final int ADMISSION_SECONDS = 2;

    /**
     * A command line may name files, which this process would read and write with its own rights: not for the members
     * of a group, who ask by requests about ports. No client that finds their socket needs it. Exit code 9:
     * docs/exit-codes.md.
     */
    private static final ControlRequest.Response NO_COMMAND_LINES =
            new ControlRequest.Response(9, "", Message.of("daemon.use-a-terminal") + "\n");

    /** Sent at once, so that a client can distinguish a daemon that hangs from a command that takes long. */
    static final byte[] ACCEPTED = {'+', '\n'};

    private static final int REQUEST_SECONDS = 10;

    /** How long a client may take to read one document. */
    private static final int WRITE_SECONDS = 10;

    /** Longer than the longest command. */
    private static final int COMMAND_SECONDS = 700;

    private final Listener listener;
    private final Function<ControlRequest, ControlRequest.Response> worker;

    /** Empty for a process that only runs commands. */
    private final Optional<ControlHandler> handler;

    private final Set<SocketChannel> unidentified = new LinkedHashSet<>();
    private final Semaphore clients = new Semaphore(MOST_CLIENTS);
    private final Semaphore commands = new Semaphore(MOST_COMMANDS);
    private final ScheduledExecutorService limits;

    private ControlServer(
            Listener listener,
            Function<ControlRequest, ControlRequest.Response> worker,
            Optional<ControlHandler> handler) {
        this.listener = listener;
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
        return start(place, commands, Optional.empty(), Optional.empty());
    }

    /**
     * @param place the socket, or the token file of a TCP port; what a killed process of this user left there is
     *     replaced
     * @throws IOException if it cannot be made, or anything else is there
     */
    public static ControlServer start(Path place, ControlHandler handler) throws IOException {
        return start(place, handler, Optional.empty());
    }

    /**
     * {@link #start(Path, ControlHandler)} for others too, who cannot have it run a command line.
     *
     * @param group whose members may use a Unix socket; the token of a TCP port stays its user's own
     * @throws IOException also if the socket cannot be given to it
     */
    public static ControlServer start(Path place, ControlHandler handler, Optional<SocketGroup> group)
            throws IOException {
        return start(
                place,
                request -> group.isEmpty() ? handler.run(request) : NO_COMMAND_LINES,
                Optional.of(handler),
                group);
    }

    private static ControlServer start(
            Path place,
            Function<ControlRequest, ControlRequest.Response> commands,
            Optional<ControlHandler> handler,
            Optional<SocketGroup> group)
            throws IOException {
        ControlServer started = new ControlServer(Listener.at(place, group), commands, handler);
        Thread.ofPlatform().daemon().name("control").start(started::accept);
        return started;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                if (isTaken(client)) {
                    Thread.ofVirtual().name("control-client").start(() -> begin(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // Closed, or out of file descriptors, of which one may be free a moment later.
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private boolean isTaken(SocketChannel client) {
        if (!listener.asksClients()) {
            return clients.tryAcquire();
        }
        synchronized (unidentified) {
            unidentified.add(client);
            if (unidentified.size() > MOST_UNIDENTIFIED) {
                SocketChannel oldest = unidentified.iterator().next();
                unidentified.remove(oldest);
                LineProtocol.close(oldest);
            }
        }
        return true;
    }

    private void begin(SocketChannel client) {
        if (!listener.asksClients() || isAdmitted(client)) {
            serve(client);
        } else {
            LineProtocol.close(client);
        }
    }

    /** Whether it is a client of this user, and there is a place for it. */
    private boolean isAdmitted(SocketChannel client) {
        try {
            return within(ADMISSION_SECONDS, client, () -> listener.admits(client)) && clients.tryAcquire();
        } catch (IOException e) {
            return false;
        } finally {
            synchronized (unidentified) {
                unidentified.remove(client);
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
    private <T> T within(int seconds, SocketChannel client, TimeLimit.Part<T> action) throws IOException {
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

    @Override
    public void close() {
        limits.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            // The next daemon replaces the file.
            return;
        }
    }
}
