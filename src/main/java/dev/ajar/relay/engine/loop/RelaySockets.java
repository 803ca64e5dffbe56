package dev.ajar.relay.engine.loop;

import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.relay.RuleProblem;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The listening sockets of one rule, and its periodic tasks. */
public final class RelaySockets {
    public static final long LOOK_MILLIS = 250;

    private static final int FIRST_PORT_FOR_ALL = 1024;

    private static final long PATIENCE_MILLIS = 5000;

    private final EventLoops eventLoops;
    private final Port port;
    private final List<Channel> channels = new ArrayList<>();
    private final List<ListeningSocket> sockets = new ArrayList<>();
    private final List<Future<?>> looking = new ArrayList<>();

    public RelaySockets(EventLoops eventLoops, Port port) {
        this.eventLoops = eventLoops;
        this.port = port;
    }

    /** The loops that get a socket of their own. */
    public List<EventLoops.Loop> homes() {
        return eventLoops.shares() ? eventLoops.all() : eventLoops.all().subList(0, 1);
    }

    /**
     * Sockets that share a port also share it with sockets of another process of the same user, which would get a part
     * of the connections. A first bind without sharing shows whether there is one.
     */
    public void probeTcp() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address());
        }
    }

    public void probeUdp() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.bind(address());
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(port.number());
    }

    /** The meaning of a system's error, whose text depends on the system's language. */
    public static RuleProblem trouble(IOException refusal, Port port) {
        String message = String.valueOf(refusal.getMessage());
        boolean taken = message.contains("in use");
        boolean forbidden = message.contains("ermission denied");
        if (refusal instanceof BindException && !taken && !forbidden) {
            forbidden = port.number() < FIRST_PORT_FOR_ALL;
            taken = !forbidden;
        }
        if (taken) {
            return new RuleProblem(RuleProblem.ProblemKind.TAKEN, Message.of("relaying.port-taken", "port", port));
        }
        return forbidden
                ? new RuleProblem(
                        RuleProblem.ProblemKind.FORBIDDEN, Message.of("relaying.port-forbidden", "port", port))
                : new RuleProblem(RuleProblem.ProblemKind.OTHER, Message.verbatim(new RouterText(message).display()));
    }

    public void bind(Channel channel, EventLoops.Loop loop) throws IOException {
        eventLoops.share(channel);
        channels.add(channel);
        await(loop.group().register(channel));
        await(channel.bind(address()));
    }

    /** Listens with a socket of our own, as one of several at this port. */
    public void listen(ListeningSocket socket, EventLoops.Loop loop) throws IOException {
        sockets.add(socket);
        try {
            socket.listen(address(), loop);
        } catch (IOException | RuntimeException e) {
            shut();
            throw e;
        }
    }

    private void await(ChannelFuture done) throws IOException {
        boolean inTime = done.awaitUninterruptibly(PATIENCE_MILLIS);
        if (!inTime || !done.isSuccess()) {
            shut();
            throw new IOException(
                    done.cause() == null
                            ? Messages.ENGLISH.text("relaying.takes-too-long")
                            : done.cause().getMessage());
        }
    }

    public synchronized void every(long millis, EventLoops.Loop loop, Runnable action) {
        looking.add(loop.group().scheduleWithFixedDelay(action, millis, millis, TimeUnit.MILLISECONDS));
    }

    public void shut() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly(PATIENCE_MILLIS));
        channels.clear();
        sockets.forEach(socket -> socket.shut(PATIENCE_MILLIS));
        sockets.clear();
    }

    /** For any thread. */
    public synchronized void stopLooking() {
        looking.forEach(future -> future.cancel(false));
        looking.clear();
    }
}
