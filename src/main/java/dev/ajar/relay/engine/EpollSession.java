package dev.ajar.relay.engine;

import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule.ProxyHeader;
import dev.ajar.relay.engine.loop.EpollSide;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.PendingBytes;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connection on sockets of our own, on Linux. The client's is in epoll from the start, so that one event says both
 * that the device has accepted and what the client has sent meanwhile; it is read only then.
 */
final class EpollSession extends TcpSession {
    private final InetSocketAddress client;
    private final EpollSide front;
    private final EpollSide back;
    private final EpollHalf in;
    private final EpollHalf out;

    /** @param number of the client's socket */
    EpollSession(
            TcpRelayListener listener,
            EventLoops.Loop loop,
            Place place,
            int number,
            InetSocketAddress client,
            LinuxSocket device) {
        super(listener, loop, place);
        this.client = client;
        this.front = EpollSide.accepted(number, this::ready);
        this.back = EpollSide.connecting(device, this::ready);
        this.in = new EpollHalf(this, front, back, listener.counters()::relayedIn);
        this.out = new EpollHalf(this, back, front, listener.counters()::relayedOut);
    }

    void begin(LinuxSocket socket, InetSocketAddress device) {
        try {
            boolean reached = socket.connect(device);
            front.register(loop());
            back.register(loop());
            if (reached) {
                deviceAccepts();
            }
        } catch (IOException e) {
            abort(Refusal.DEVICE_REFUSED);
        } catch (RuntimeException | OutOfMemoryError e) {
            broken();
        }
    }

    /** What fails ends this connection: further up it would end the loop, or lose other connections' events. */
    private void ready(EpollSide side, int events) {
        if (isOver()) {
            return;
        }
        try {
            handle(side, events);
        } catch (RuntimeException | OutOfMemoryError e) {
            broken();
        }
    }

    private void handle(EpollSide side, int events) {
        boolean error = (events & EpollSide.ERROR) != 0;
        boolean gone = error || (events & EpollSide.HANG_UP) != 0;
        EpollHalf from = side == front ? in : out;
        EpollHalf towards = side == front ? out : in;
        if ((events & EpollSide.INPUT) != 0) {
            from.input(events);
        }
        if (!isConnected()) {
            if (side == front) {
                if (error) {
                    broken();
                }
            } else if (gone) {
                abort(Refusal.DEVICE_REFUSED);
            } else if ((events & EpollSide.ROOM) != 0) {
                deviceAccepts();
            }
            return;
        }
        if ((error && from.isWaiting()) || (gone && from.hasEnded() && !towards.isDone())) {
            // It would take none of the bytes that wait or come.
            broken();
            return;
        }
        if ((events & EpollSide.ROOM) != 0) {
            towards.room();
            towards.pump();
        }
        if (!isOver()) {
            from.pump();
        }
    }

    private void deviceAccepts() {
        reached();
        Optional<ProxyHeader> header = listener().rule().proxy();
        if (header.isPresent()) {
            InetSocketAddress here = front.localAddress();
            if (here == null) {
                // It was reset meanwhile.
                broken();
                return;
            }
            in.precede(ProxyPreamble.of(client, here, header.get()));
        }
        in.pump();
        if (!isOver()) {
            out.pump();
        }
    }

    PendingBytes waiting() {
        return listener().waiting();
    }

    void endOf(EpollSide side) {
        oneSideDone();
        if (isKeptAlive()) {
            // The peer's system may have forgotten the connection, and would answer a probe with a reset.
            side.stopKeepAlive();
        }
    }

    /** @return whether both directions have ended: then closing says the same as ending the output */
    boolean closeIfDone() {
        if (!in.isDone() || !out.isDone()) {
            return false;
        }
        over();
        front.close();
        back.close();
        return true;
    }

    @Override
    InetSocketAddress client() {
        return client;
    }

    @Override
    void settleIn() {
        front.settleIn(!in.hasEnded());
        back.settleIn(!out.hasEnded());
    }

    @Override
    void resetBoth() {
        front.reset();
        back.reset();
    }

    @Override
    void closeTold() {
        close(front, out.isDone());
        close(back, in.isDone());
    }

    private static void close(EpollSide side, boolean told) {
        if (told) {
            side.close();
        } else {
            side.reset();
        }
    }

    @Override
    TcpHalf in() {
        return in;
    }

    @Override
    TcpHalf out() {
        return out;
    }
}
