package dev.ajar.relay.engine;

import dev.ajar.relay.Admission;
import dev.ajar.relay.ClientSource;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.engine.loop.EpollSide;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.ListeningSocket;
import dev.ajar.relay.engine.loop.PendingBytes;
import dev.ajar.relay.engine.loop.ReadSizes;
import dev.ajar.relay.engine.loop.RelaySockets;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
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
            if (eventLoops().isEpoll()) {
                listeners().listen(new ListeningSocket(new EpollDoor(loop)), loop);
            } else {
                ServerSocketChannel server = new NioServerSocketChannel();
                server.config().setBacklog(BACKLOG).setReuseAddress(true);
                server.pipeline().addLast(new ClientAcceptor());
                listeners().bind(server, loop);
            }
        }
        for (EventLoops.Loop loop : eventLoops().all()) {
            listeners().every(RelaySockets.LOOK_MILLIS, loop, () -> look(loop));
        }
    }

    /** Where clients come in, on Linux. */
    private final class EpollDoor implements ListeningSocket.Door {
        private final EventLoops.Loop loop;

        EpollDoor(EventLoops.Loop loop) {
            this.loop = loop;
        }

        @Override
        public void welcome(int number, InetSocketAddress client) {
            Optional<Place> place = admit(client.getAddress());
            if (place.isEmpty()) {
                EpollSide.refuse(number);
                return;
            }
            LinuxSocket back;
            try {
                back = LinuxSocket.newSocketStream(false);
            } catch (RuntimeException | OutOfMemoryError e) {
                noneLeft(place.get());
                EpollSide.refuse(number);
                return;
            }
            EpollSession session = new EpollSession(TcpRelayListener.this, loop, place.get(), number, client, back);
            begin(session);
            session.begin(back, device());
        }

        @Override
        public void ranOut() {
            counters().refused(Refusal.OUT_OF_FILES);
        }
    }

    /** Where clients come in without epoll. */
    private final class ClientAcceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            SocketChannel front = (SocketChannel) message;
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
        Optional<Place> place = admit(client.getAddress());
        if (place.isEmpty()) {
            ChannelSession.reset(front);
            return;
        }
        SocketChannel back;
        try {
            back = new NioSocketChannel();
        } catch (RuntimeException e) {
            noneLeft(place.get());
            ChannelSession.reset(front);
            return;
        }
        prepare(front);
        prepare(back);
        ChannelSession session = new ChannelSession(this, loop, place.get(), front, back);
        begin(session);
        session.begin(device());
    }

    /** @return the place of that client, or none where it is turned away */
    private Optional<Place> admit(InetAddress client) {
        if (!rule().allows(client)) {
            counters().refused(Refusal.NOT_ALLOWED);
            return Optional.empty();
        }
        return switch (admission().enter(ClientSource.of(client), now())) {
            case Admission.Entry.Out(Refusal why) -> {
                counters().refused(why);
                yield Optional.empty();
            }
            case Admission.Entry.In(Place place, Optional<Place> loser) -> {
                loser.ifPresent(Place::lose);
                yield Optional.of(place);
            }
        };
    }

    /** Netty wraps the system's error that no file descriptor is left. */
    private void noneLeft(Place place) {
        admission().leave(place);
        counters().refused(Refusal.OUT_OF_FILES);
    }

    private void begin(TcpSession session) {
        counters().entered();
        sessions.get(session.loop().number()).add(session);
        watch(session.place(), session.loop(), () -> session.abort(Refusal.MADE_ROOM));
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
