package dev.ajar.relay.engine;

import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.engine.loop.EventLoops;
import java.net.InetSocketAddress;

/**
 * One relayed connection, whatever its sockets are: the client's and the one to the device, both on one thread. Here is
 * how long it may go on.
 */
abstract sealed class TcpSession permits ChannelSession, EpollSession {
    /** Most connections have ended by then; keep-alive for each would cost eight system calls. */
    private static final long SHORT_NANOS = 10_000_000_000L;

    private final TcpRelayListener listener;
    private final EventLoops.Loop loop;
    private final Place place;
    private final long began;
    private long lastMoved;
    private boolean keptAlive;
    private boolean connected;
    private boolean halfClosed;
    private boolean over;

    TcpSession(TcpRelayListener listener, EventLoops.Loop loop, Place place) {
        this.listener = listener;
        this.loop = loop;
        this.place = place;
        this.began = listener.now();
        this.lastMoved = began;
    }

    abstract InetSocketAddress client();

    /** It has lasted: a peer that vanishes is to be noticed. */
    abstract void settleIn();

    /** From the client to the device. */
    abstract TcpHalf in();

    /** From the device to the client. */
    abstract TcpHalf out();

    /** Both sides see a reset. */
    abstract void resetBoth();

    /** A side that was told of the other's end still gets the bytes under way; the other side sees a reset. */
    abstract void closeTold();

    final void reached() {
        connected = true;
        lastMoved = listener.now();
    }

    final void moved() {
        lastMoved = listener.now();
        place.moved(lastMoved);
    }

    final void oneSideDone() {
        halfClosed = true;
        lastMoved = listener.now();
    }

    final void broken() {
        if (!over) {
            over();
            resetBoth();
        }
    }

    /** Ends the connection: both sides see a reset, so that neither takes the bytes so far for all of them. */
    final void abort(Refusal why) {
        if (!over) {
            listener.counters().refused(why);
            broken();
        }
    }

    final void over() {
        over = true;
        in().letGo();
        out().letGo();
        listener.ended(this);
    }

    /** To be called a few times a second. */
    final void look(long now, RelayLimits limits) {
        if (over) {
            return;
        }
        if (!connected) {
            if (now - began > limits.connect().toNanos()) {
                abort(Refusal.DEVICE_SILENT);
            }
            return;
        }
        if (!keptAlive && now - began > SHORT_NANOS) {
            keptAlive = true;
            settleIn();
        }
        boolean inMoved = in().isTaken(now);
        boolean outMoved = out().isTaken(now);
        if (inMoved || outMoved) {
            lastMoved = now;
            place.moved(now);
        }
        long quiet = now - lastMoved;
        if (Math.max(in().stalledFor(now), out().stalledFor(now))
                > limits.stall().toNanos()) {
            abort(Refusal.STALLED);
        } else if (quiet > (halfClosed ? limits.fin() : limits.idle()).toNanos()) {
            listener.counters().refused(Refusal.IDLE);
            over();
            closeTold();
        }
    }

    final TcpRelayListener listener() {
        return listener;
    }

    final EventLoops.Loop loop() {
        return loop;
    }

    final Place place() {
        return place;
    }

    final boolean isConnected() {
        return connected;
    }

    final boolean isKeptAlive() {
        return keptAlive;
    }

    final boolean isOver() {
        return over;
    }
}
