package dev.ajar.relay.engine;

import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule.ProxyHeader;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One relayed connection: the client's and the one to the device, both on one thread. The client's is not registered until the
 * device has accepted, so that no bytes are read before they can be passed on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class TcpSession {
    /** The state of a closed connection (TCP_CLOSE in Linux's tcp_states.h). */
    private static final int TCP_CLOSE = 7;

    /** Most connections have ended by then; keep-alive for each would cost eight system calls. */
    private static final long SHORT_NANOS = 10_000_000_000L;

    private final TcpRelayListener listener;
    private final EventLoops.Loop loop;
    private final Place place;
    private final SocketChannel front;
    private final SocketChannel back;
    private final RelayHalf in;
    private final RelayHalf out;
    private final long began;
    private long lastMoved;
    private boolean keptAlive;
    private boolean connected;
    private boolean halfClosed;
    private boolean over;

    TcpSession(TcpRelayListener listener, EventLoops.Loop loop, Place place, SocketChannel front, SocketChannel back) {
        this.listener = listener;
        this.loop = loop;
        this.place = place;
        this.front = front;
        this.back = back;
        this.in = new RelayHalf(this, front, back, listener.counters()::relayedIn);
        this.out = new RelayHalf(this, back, front, listener.counters()::relayedOut);
        this.began = listener.now();
        this.lastMoved = began;
    }

    void begin(InetSocketAddress device) {
        back.pipeline().addLast(out);
        loop.group().register(back);
        back.connect(device).addListener(reached -> reached(reached.isSuccess()));
    }

    private void reached(boolean success) {
        if (over) {
            return;
        }
        if (!success) {
            abort(Refusal.DEVICE_REFUSED);
            return;
        }
        connected = true;
        lastMoved = listener.now();
        Optional<ProxyHeader> header = listener.rule().proxy();
        if (header.isPresent()) {
            ProxyPreamble.write(back, front, header.get());
        }
        front.pipeline().addLast(in);
        loop.group().register(front);
    }

    PendingBytes waiting() {
        return listener.waiting();
    }

    RelayHalf opposite(RelayHalf half) {
        return half == in ? out : in;
    }

    void moved() {
        lastMoved = listener.now();
        place.moved(lastMoved);
    }

    void oneSideDone(SocketChannel side) {
        halfClosed = true;
        lastMoved = listener.now();
        if (keptAlive && side.isOpen()) {
            // The peer's system may have forgotten the connection, and would answer a probe with a reset.
            side.config().setKeepAlive(false);
        }
    }

    void halfDone() {
        if (in.isDone() && out.isDone()) {
            over();
            front.close();
            back.close();
        }
    }

    /**
     * One side has closed. After both directions have ended that is the orderly end: the system closes such a connection by
     * itself.
     */
    void sideGone(RelayHalf from) {
        if (!from.hasEnded() || !opposite(from).isDone()) {
            broken();
        }
    }

    void broken() {
        if (!over) {
            over();
            reset();
        }
    }

    /** Ends the connection: both sides see a reset, so that neither takes the bytes so far for all of them. */
    void abort(Refusal why) {
        if (!over) {
            listener.counters().refused(why);
            broken();
        }
    }

    private void reset() {
        reset(front);
        reset(back);
    }

    static void reset(SocketChannel channel) {
        if (!channel.isOpen()) {
            return;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    private void over() {
        over = true;
        in.letGo();
        out.letGo();
        listener.ended(this);
    }

    /** To be called a few times a second. */
    void look(long now, RelayLimits limits) {
        if (!connected) {
            if (now - began > limits.connect().toNanos()) {
                abort(Refusal.DEVICE_SILENT);
            }
            return;
        }
        if (!keptAlive && now - began > SHORT_NANOS) {
            keptAlive = true;
            listener.settleIn(front, !in.hasEnded());
            listener.settleIn(back, !out.hasEnded());
        }
        boolean takenThere = in.isTaken(now);
        boolean takenHere = out.isTaken(now);
        if (takenThere || takenHere) {
            lastMoved = now;
            place.moved(now);
        }
        long quiet = now - lastMoved;
        if (in.stalledFor(now) > limits.stall().toNanos()
                || out.stalledFor(now) > limits.stall().toNanos()) {
            abort(Refusal.STALLED);
        } else if (quiet > (halfClosed ? limits.fin() : limits.idle()).toNanos()) {
            listener.counters().refused(Refusal.IDLE);
            end();
        } else if (isGone(front, in, out) || isGone(back, out, in)) {
            broken();
        }
    }

    /** A side that was told of the other's end still gets the bytes under way; the other side sees a reset. */
    private void end() {
        over();
        close(front, out.isDone());
        close(back, in.isDone());
    }

    private static void close(SocketChannel side, boolean told) {
        if (told) {
            side.close();
        } else {
            reset(side);
        }
    }

    /**
     * Netty does not notice a reset once the input has ended, so the system is asked. After our own end the system reports even
     * a side that has only finished as closed, so its answer counts only before that.
     */
    private static boolean isGone(SocketChannel side, RelayHalf from, RelayHalf to) {
        return from.hasEnded()
                && !to.isDone()
                && side instanceof EpollSocketChannel epoll
                && epoll.isOpen()
                && epoll.tcpInfo().state() == TCP_CLOSE;
    }

    EventLoops.Loop loop() {
        return loop;
    }

    Place place() {
        return place;
    }

    InetSocketAddress client() {
        return front.remoteAddress();
    }
}
