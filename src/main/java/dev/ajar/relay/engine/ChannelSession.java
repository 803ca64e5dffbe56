package dev.ajar.relay.engine;

import dev.ajar.relay.Place;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule.ProxyHeader;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.PendingBytes;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connection on Netty's channels, for systems without epoll. The client's is not registered until the device has
 * accepted, so that no bytes are read before they can be passed on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class ChannelSession extends TcpSession {
    private final SocketChannel front;
    private final SocketChannel back;
    private final ChannelHalf in;
    private final ChannelHalf out;

    ChannelSession(
            TcpRelayListener listener, EventLoops.Loop loop, Place place, SocketChannel front, SocketChannel back) {
        super(listener, loop, place);
        this.front = front;
        this.back = back;
        this.in = new ChannelHalf(this, front, back, listener.counters()::relayedIn);
        this.out = new ChannelHalf(this, back, front, listener.counters()::relayedOut);
    }

    void begin(InetSocketAddress device) {
        back.pipeline().addLast(out);
        loop().group().register(back);
        back.connect(device).addListener(reached -> reached(reached.isSuccess()));
    }

    private void reached(boolean success) {
        if (isOver()) {
            return;
        }
        if (!success) {
            abort(Refusal.DEVICE_REFUSED);
            return;
        }
        reached();
        Optional<ProxyHeader> header = listener().rule().proxy();
        if (header.isPresent()) {
            back.writeAndFlush(ProxyPreamble.of(front.remoteAddress(), front.localAddress(), header.get()));
        }
        front.pipeline().addLast(in);
        loop().group().register(front);
    }

    PendingBytes waiting() {
        return listener().waiting();
    }

    ChannelHalf opposite(ChannelHalf half) {
        return half == in ? out : in;
    }

    void oneSideDone(SocketChannel side) {
        oneSideDone();
        if (isKeptAlive() && side.isOpen()) {
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
     * One side has closed. After both directions have ended that is the orderly end: the system closes such a
     * connection by itself.
     */
    void sideGone(ChannelHalf from) {
        if (!from.hasEnded() || !opposite(from).isDone()) {
            broken();
        }
    }

    @Override
    void resetBoth() {
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

    @Override
    TcpHalf in() {
        return in;
    }

    @Override
    TcpHalf out() {
        return out;
    }

    @Override
    void settleIn() {
        settleIn(front, !in.hasEnded());
        settleIn(back, !out.hasEnded());
    }

    private static void settleIn(SocketChannel channel, boolean keepAlive) {
        if (channel.isOpen()) {
            channel.config().setKeepAlive(keepAlive);
        }
    }

    @Override
    void closeTold() {
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

    @Override
    InetSocketAddress client() {
        return front.remoteAddress();
    }
}
