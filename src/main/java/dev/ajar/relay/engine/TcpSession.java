package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule.ProxyHeader;
import dev.ajar.relay.Source;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One connection carried: the client's and the one to the device, both on one thread. The client's is not even registered
 * until the device has accepted, so that nothing is read for which there is no place yet.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class TcpSession {
    /** Of a connection that is no longer one (TCP_CLOSE in Linux's tcp_states.h). */
    private static final int TCP_CLOSE = 7;

    /** Most connections are over by then; to have the system look after each would cost eight calls. */
    private static final long SHORT_NANOS = 10_000_000_000L;

    private final TcpDoor door;
    private final Loops.Loop loop;
    private final Source source;
    private final SocketChannel front;
    private final SocketChannel back;
    private final Leg in;
    private final Leg out;
    private final long began;
    private long lastMoved;
    private boolean keptAlive;
    private boolean connected;
    private boolean halfClosed;
    private boolean over;

    TcpSession(TcpDoor door, Loops.Loop loop, Source source, SocketChannel front, SocketChannel back) {
        this.door = door;
        this.loop = loop;
        this.source = source;
        this.front = front;
        this.back = back;
        this.in = new Leg(this, front, back, door.tally()::carriedIn);
        this.out = new Leg(this, back, front, door.tally()::carriedOut);
        this.began = door.now();
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
        lastMoved = door.now();
        Optional<ProxyHeader> header = door.rule().proxy();
        if (header.isPresent()) {
            ProxyPreamble.write(back, front, header.get());
        }
        front.pipeline().addLast(in);
        loop.group().register(front);
    }

    Waiting waiting() {
        return door.waiting();
    }

    Leg opposite(Leg leg) {
        return leg == in ? out : in;
    }

    void moved() {
        lastMoved = door.now();
    }

    void oneSideDone(SocketChannel side) {
        halfClosed = true;
        lastMoved = door.now();
        if (keptAlive && side.isOpen()) {
            // Its system may have forgotten it by now, and would answer a probe with a reset.
            side.config().setKeepAlive(false);
        }
    }

    void legDone() {
        if (in.isDone() && out.isDone()) {
            over();
            front.close();
            back.close();
        }
    }

    /**
     * One side has closed. Where it had said so, and had been told of the other's end, that is how it should be: the
     * system closes by itself what has ended both ways.
     */
    void sideGone(Leg from) {
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

    /** Ends it from here: both sides see a reset, so that nobody takes what came for the whole. */
    void abort(Refusal why) {
        if (!over) {
            door.tally().refused(why);
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
        door.ended(this);
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
            door.settleIn(front, !in.hasEnded());
            door.settleIn(back, !out.hasEnded());
        }
        boolean takenThere = in.isTaken(now);
        boolean takenHere = out.isTaken(now);
        if (takenThere || takenHere) {
            lastMoved = now;
        }
        long quiet = now - lastMoved;
        if (in.stalledFor(now) > limits.stall().toNanos()
                || out.stalledFor(now) > limits.stall().toNanos()) {
            abort(Refusal.STALLED);
        } else if (quiet > (halfClosed ? limits.fin() : limits.idle()).toNanos()) {
            door.tally().refused(Refusal.IDLE);
            end();
        } else if (isGone(front, in, out) || isGone(back, out, in)) {
            broken();
        }
    }

    /** Whoever has been told of the other's end keeps what is still under way; to the other one it is a reset. */
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
     * Once its input has ended, Netty does not notice a reset by itself. After our own end the system calls a side closed
     * that has only finished, so it counts before that alone.
     */
    private static boolean isGone(SocketChannel side, Leg from, Leg to) {
        return from.hasEnded()
                && !to.isDone()
                && side instanceof EpollSocketChannel epoll
                && epoll.isOpen()
                && epoll.tcpInfo().state() == TCP_CLOSE;
    }

    long lastMoved() {
        return lastMoved;
    }

    Loops.Loop loop() {
        return loop;
    }

    Source source() {
        return source;
    }

    InetSocketAddress client() {
        return front.remoteAddress();
    }
}
