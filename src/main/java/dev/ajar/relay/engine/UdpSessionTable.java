package dev.ajar.relay.engine;

import dev.ajar.relay.Admission;
import dev.ajar.relay.ClientSource;
import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.engine.loop.DatagramReads;
import dev.ajar.relay.engine.loop.EmptyDatagram;
import dev.ajar.relay.engine.loop.EventLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sessions of one loop: each client gets a socket of its own to the device. On that loop alone. */
@ChannelHandler.Sharable // By the sockets of one loop.
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class UdpSessionTable extends ChannelInboundHandlerAdapter {
    /** Read in one system call where that can be done. */
    private static final int AT_ONCE = 16;

    private static final int SOCKET_BUFFER = 1024 * 1024;

    /** Ports below belong to servers, and two servers may answer each other for ever (CVE-2024-2169). */
    private static final int FIRST_CLIENT_PORT = 1024;

    private final UdpRelayListener listener;
    private final EventLoops eventLoops;
    private final EventLoops.Loop loop;
    private final DatagramChannel front;
    private final UdpFrontends fronts;
    private final Runnable flushing;
    private final InetSocketAddress device;

    private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();
    private final List<UdpBackend> unflushed = new ArrayList<>();

    UdpSessionTable(UdpRelayListener listener, EventLoops.Loop loop) {
        this.listener = listener;
        this.eventLoops = listener.eventLoops();
        this.loop = loop;
        this.device = listener.device();
        this.front = forClients();
        this.fronts = new UdpFrontends(front, this::answeringFrom);
        this.flushing = fronts::flush;
        UdpFrontends.tellAddresses(front);
    }

    private DatagramChannel forClients() {
        DatagramChannel channel = prepared(eventLoops.datagram(), AT_ONCE);
        channel.config().setReceiveBufferSize(SOCKET_BUFFER).setSendBufferSize(SOCKET_BUFFER);
        channel.pipeline().addLast(this);
        return channel;
    }

    /** Reads nothing: what arrives before it is connected to itself is lost, as any datagram may be. */
    private DatagramChannel answeringFrom(InetAddress address) {
        DatagramChannel channel = forClients();
        channel.config().setAutoRead(false);
        eventLoops.share(channel);
        loop.group().register(channel);
        InetSocketAddress here =
                new InetSocketAddress(address, listener.rule().listen().number());
        ChannelFuture bound = channel.bind(here);
        if (!bound.isSuccess()) {
            channel.close();
            throw new IllegalStateException(bound.cause());
        }
        try {
            UdpFrontends.takeNothing(channel, here);
        } catch (IOException e) {
            channel.close();
            throw new IllegalStateException(e);
        }
        return channel;
    }

    private DatagramChannel prepared(DatagramChannel channel, int atOnce) {
        channel.config().setAllocator(eventLoops.allocator());
        boolean many = channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UdpBackend.LARGEST);
        channel.config()
                .setRecvByteBufAllocator(
                        many
                                ? new DatagramReads(UdpBackend.LARGEST, atOnce, AT_ONCE)
                                : new DatagramReads(UdpBackend.LARGEST, 1, AT_ONCE));
        channel.config().setOption(ChannelOption.AUTO_CLOSE, false);
        return channel;
    }

    DatagramChannel front() {
        return front;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        ByteBuf bytes = packet.content();
        InetSocketAddress client = packet.sender();
        long now = listener.now();
        UdpSession session = session(client, now);
        if (session != null) {
            session.answersBy(packet.recipient().getAddress(), fronts);
        }
        if (session == null) {
            bytes.release();
        } else if (!session.takes(now)) {
            bytes.release();
            listener.counters().refused(Refusal.TOO_FAST);
        } else if (session.back().isCongested()) {
            bytes.release();
            listener.counters().refused(Refusal.CONGESTED);
        } else {
            boolean before = session.isConfirmed();
            session.cameIn(bytes.readableBytes(), now);
            if (!before && session.isConfirmed()) {
                listener.admission().prove(session.place());
            }
            listener.counters().relayedIn(bytes.readableBytes());
            session.back().send(bytes);
            unflushed.add(session.back());
        }
    }

    /** One that finds no room is lost, as any datagram may be. */
    private void sendEmpty(DatagramChannel front, InetSocketAddress client) {
        try {
            EmptyDatagram.send(front, client);
        } catch (IOException e) {
            listener.counters().refused(Refusal.CONGESTED);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        unflushed.forEach(UdpBackend::flush);
        unflushed.clear();
    }

    /** An error here belongs to an earlier datagram, not to this socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        listener.counters().refused(Refusal.CONGESTED);
    }

    /** Each datagram is a slice of a large buffer, which must not be occupied while the datagram waits. */
    static ByteBuf compact(ByteBuf bytes, DatagramChannel target) {
        ChannelOutboundBuffer waiting = target.unsafe().outboundBuffer();
        if (waiting == null || waiting.totalPendingWriteBytes() == 0) {
            return bytes;
        }
        int length = bytes.readableBytes();
        ByteBuf copy = bytes.alloc().ioBuffer(length, length).writeBytes(bytes);
        bytes.release();
        return copy;
    }

    private @Nullable UdpSession session(InetSocketAddress client, long now) {
        UdpSession there = sessions.get(client);
        return there == null ? begin(client, now) : there;
    }

    private @Nullable UdpSession begin(InetSocketAddress client, long now) {
        Optional<Refusal> objection = objection(client);
        if (objection.isPresent()) {
            listener.counters().refused(objection.get());
            return null;
        }
        return switch (listener.admission().enter(ClientSource.of(client.getAddress()), now)) {
            case Admission.Entry.Out(Refusal why) -> {
                listener.counters().refused(why);
                yield null;
            }
            case Admission.Entry.In(Place place, Optional<Place> loser) -> {
                loser.ifPresent(Place::lose);
                yield begin(client, place, now);
            }
        };
    }

    private @Nullable UdpSession begin(InetSocketAddress client, Place place, long now) {
        UdpSession session = new UdpSession(client, place, listener.rule().limits(), now);
        try {
            session.reaches(back(new ToClient(session)));
        } catch (IOException e) {
            // The next datagram tries again.
            return noneFor(place, Refusal.DEVICE_REFUSED);
        } catch (RuntimeException e) {
            // Netty wraps the system's error that no file descriptor is left.
            return noneFor(place, Refusal.OUT_OF_FILES);
        }
        sessions.put(client, session);
        listener.counters().entered();
        listener.watch(place, loop, () -> lost(session));
        return session;
    }

    private UdpBackend back(UdpBackend.Answers answers) throws IOException {
        return eventLoops.isEpoll()
                ? EpollBackend.open(loop, device, answers)
                : new ChannelBackend(prepared(eventLoops.datagram(), 1), loop, device, answers);
    }

    private @Nullable UdpSession noneFor(Place place, Refusal why) {
        listener.admission().leave(place);
        listener.counters().refused(why);
        return null;
    }

    private Optional<Refusal> objection(InetSocketAddress client) {
        InetAddress address = client.getAddress();
        if (!listener.rule().allows(address)) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        // From the device, another relay on it, or one of ours: the datagram would come back.
        boolean circle = client.getPort() < FIRST_CLIENT_PORT
                || address.equals(device.getAddress())
                || (client.getPort() == listener.rule().listen().number() && address.isLoopbackAddress());
        return circle ? Optional.of(Refusal.LOOP) : Optional.empty();
    }

    /** One whose client may not exist is not worth a word. */
    private void lost(UdpSession session) {
        if (session.isConfirmed() && sessions.get(session.client()) == session) {
            listener.counters().refused(Refusal.MADE_ROOM);
        }
        end(session);
    }

    /** The device's answers to one session. */
    private final class ToClient implements UdpBackend.Answers {
        private final UdpSession session;

        ToClient(UdpSession session) {
            this.session = session;
        }

        @Override
        public void answer(ByteBuf bytes) {
            int length = bytes.readableBytes();
            DatagramChannel front = session.answering();
            if (!front.isWritable()) {
                // Perhaps only since all of this round wait to be sent together.
                front.flush();
            }
            if (!front.isWritable()) {
                bytes.release();
                listener.counters().refused(Refusal.CONGESTED);
            } else if (!session.mayAnswer(length)) {
                bytes.release();
                listener.counters().refused(Refusal.AMPLIFIED);
            } else if (length == 0) {
                bytes.release();
                sendEmpty(front, session.client());
            } else {
                listener.counters().relayedOut(length);
                ByteBuf content = eventLoops.isEpoll() ? bytes : compact(bytes, front);
                front.write(new DatagramPacket(content, session.client()), front.voidPromise());
            }
        }

        /** Answers of all sessions with events in this round go together. */
        @Override
        public void complete() {
            loop.workspace().atEndOfRound(flushing);
        }

        @Override
        public void refused(Refusal why) {
            listener.counters().refused(why);
        }

        /** The next datagram starts a new session. */
        @Override
        public void ended(Refusal why) {
            listener.counters().refused(why);
            end(session);
        }
    }

    void look() {
        long now = listener.now();
        end(session -> session.isOver(now, listener.rule().limits()));
    }

    /** The sockets beside {@link #front}. For any thread. */
    void closeOthers() {
        loop.group().execute(fronts::closeOwn);
    }

    void endWhere(Predicate<UdpSession> condition) {
        loop.group().execute(() -> end(condition));
    }

    private void end(Predicate<UdpSession> condition) {
        sessions.values().stream().filter(condition).toList().forEach(this::end);
    }

    private void end(UdpSession session) {
        if (!sessions.remove(session.client(), session)) {
            return;
        }
        session.back().close();
        listener.left(session.place());
    }
}
