package dev.ajar.relay.engine;

import dev.ajar.relay.Admission;
import dev.ajar.relay.ClientSource;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A TCP rule: each client's connection gets a connection of its own to the device. */
final class TcpRelayListener extends RelayListener {
    /** Linux caps it at net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    /** Beyond the high mark one side is not read until the other has read all but the low mark. */
    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final long AFTER_RUNNING_OUT_MILLIS = 200;

    private final PendingBytes waiting;
    private final ReadSizes sizes;

    /** Of each loop, touched by that loop alone. */
    private final List<Set<TcpSession>> sessions = new ArrayList<>();

    private int next;

    TcpRelayListener(
            RelayRule rule,
            EventLoops eventLoops,
            ConnectionLimit connectionLimit,
            PendingBytes waiting,
            LongSupplier clock) {
        super(rule, eventLoops, connectionLimit, clock);
        this.waiting = waiting;
        this.sizes = new ReadSizes(waiting);
        eventLoops.all().forEach(loop -> sessions.add(new HashSet<>()));
    }

    @Override
    void open() throws IOException {
        listeners().probeTcp();
        for (EventLoops.Loop loop : listeners().homes()) {
            ServerSocketChannel server = eventLoops().server();
            server.config().setBacklog(BACKLOG).setReuseAddress(true);
            server.pipeline().addLast(new ClientAcceptor(loop));
            listeners().bind(server, loop);
        }
        for (EventLoops.Loop loop : eventLoops().all()) {
            listeners().every(RelaySockets.LOOK_MILLIS, loop, () -> look(loop));
        }
    }

    /** Where clients come in. */
    private final class ClientAcceptor extends ChannelInboundHandlerAdapter {
        private final EventLoops.Loop home;

        ClientAcceptor(EventLoops.Loop home) {
            this.home = home;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            SocketChannel front = (SocketChannel) message;
            if (eventLoops().shares()) {
                welcome(front, home);
                return;
            }
            EventLoops.Loop loop =
                    eventLoops().all().get(next++ % eventLoops().all().size());
            loop.group().execute(() -> welcome(front, loop));
        }

        /** Without file descriptors, trying again at once would only use the processor. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            counters().refused(Refusal.OUT_OF_FILES);
            ChannelConfig config = context.channel().config();
            config.setAutoRead(false);
            var unused = context.executor()
                    .schedule(() -> config.setAutoRead(true), AFTER_RUNNING_OUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void welcome(SocketChannel front, EventLoops.Loop loop) {
        InetSocketAddress client = front.remoteAddress();
        if (client == null) {
            front.unsafe().closeForcibly();
            return;
        }
        if (!rule().allows(client.getAddress())) {
            turnAway(front, Refusal.NOT_ALLOWED);
            return;
        }
        switch (admission().enter(ClientSource.of(client.getAddress()), now())) {
            case Admission.Entry.Out(Refusal why) -> turnAway(front, why);
            case Admission.Entry.In(Place place, Optional<Place> loser) -> {
                loser.ifPresent(Place::lose);
                begin(front, loop, place);
            }
        }
    }

    private void begin(SocketChannel front, EventLoops.Loop loop, Place place) {
        SocketChannel back;
        try {
            back = eventLoops().stream();
        } catch (RuntimeException e) {
            // Netty wraps the system's error that no file descriptor is left.
            admission().leave(place);
            turnAway(front, Refusal.OUT_OF_FILES);
            return;
        }
        prepare(front);
        prepare(back);
        counters().entered();
        TcpSession session = new TcpSession(this, loop, place, front, back);
        sessions.get(loop.number()).add(session);
        session.begin(device());
        watch(place, loop, () -> session.abort(Refusal.MADE_ROOM));
    }

    private void turnAway(SocketChannel front, Refusal why) {
        counters().refused(why);
        TcpSession.reset(front);
    }

    private void prepare(SocketChannel channel) {
        channel.config()
                .setAllowHalfClosure(true)
                .setAllocator(eventLoops().allocator())
                .setRecvByteBufAllocator(sizes)
                .setWriteBufferWaterMark(MARKS)
                .setConnectTimeoutMillis(0);
    }

    /** On the session's own loop. */
    void ended(TcpSession session) {
        sessions.get(session.loop().number()).remove(session);
        left(session.place());
    }

    private void look(EventLoops.Loop loop) {
        long now = now();
        for (TcpSession session : List.copyOf(sessions.get(loop.number()))) {
            try {
                session.look(now, rule().limits());
            } catch (RuntimeException e) {
                // This one was closed meanwhile; the others are still to be checked.
                session.broken();
            }
        }
        if (loop.number() == 0) {
            admission().forget(now);
        }
    }

    /** For a connection that stays. */
    void settleIn(SocketChannel channel, boolean keepAlive) {
        if (channel.isOpen()) {
            eventLoops().settleIn(channel, keepAlive);
        }
    }

    PendingBytes waiting() {
        return waiting;
    }

    @Override
    void putOut(Predicate<InetAddress> from) {
        onEach(session -> {
            if (from.test(session.client().getAddress())) {
                session.abort(Refusal.NOT_ALLOWED);
            }
        });
    }

    @Override
    void shut() {
        listeners().shut();
    }

    @Override
    void clear() {
        onEach(TcpSession::broken);
        listeners().stopLooking();
    }

    private void onEach(Consumer<TcpSession> action) {
        for (EventLoops.Loop loop : eventLoops().all()) {
            loop.group().execute(() -> List.copyOf(sessions.get(loop.number())).forEach(action));
        }
    }
}
