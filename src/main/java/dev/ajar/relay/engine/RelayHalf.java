package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.function.LongConsumer;

/** One direction of a connection: what comes in here goes out there, as fast as it is taken. On one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class RelayHalf extends ChannelInboundHandlerAdapter {
    /** So much goes out before more is read: the processor still has it at hand. */
    private static final int AT_HAND = 32 * 1024;

    private final TcpSession session;
    private final SocketChannel from;
    private final SocketChannel to;
    private final LongConsumer counted;
    private boolean ended;
    private boolean passedOn;
    private long waiting;
    private long waitingSince;
    private long waitingSeen;

    RelayHalf(TcpSession session, SocketChannel from, SocketChannel to, LongConsumer counted) {
        this.session = session;
        this.from = from;
        this.to = to;
        this.counted = counted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = bytes.readableBytes();
        session.moved();
        counted.accept(length);
        to.write(compact(bytes, length), to.voidPromise());
        if (length >= AT_HAND) {
            to.flush();
        }
        if (waiting > 0) {
            note(pending(to));
            if (session.waiting().isTooMuch()) {
                session.abort(Refusal.STALLED);
            }
        }
    }

    /** What has to wait must not hold a large buffer for a few bytes. */
    private ByteBuf compact(ByteBuf bytes, int length) {
        if (length > bytes.capacity() / 2 || pending(to) == 0) {
            return bytes;
        }
        ByteBuf copy = bytes.alloc().ioBuffer(length, length).writeBytes(bytes);
        bytes.release();
        return copy;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        to.flush();
        if (!ended && !to.isWritable() && from.config().isAutoRead()) {
            from.config().setAutoRead(false);
            note(pending(to));
        }
    }

    /** Of this side's own outgoing bytes: the other direction may go on. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (from.isWritable()) {
            session.opposite(this).goOn();
        }
    }

    private void goOn() {
        note(0);
        if (!ended && !from.config().isAutoRead()) {
            from.config().setAutoRead(true);
        }
    }

    private void note(long bytes) {
        session.waiting().add(bytes - waiting);
        waiting = bytes;
    }

    /** Whether some of what waits has been taken since the last look. */
    boolean isTaken(long now) {
        long pending = pending(to);
        boolean moved = pending != waitingSeen;
        if (moved || pending == 0) {
            waitingSeen = pending;
            waitingSince = now;
        }
        return moved;
    }

    /** How long nothing of what waits has been taken, in nanoseconds; 0 where nothing waits. */
    long stalledFor(long now) {
        return waitingSeen == 0 ? 0 : now - waitingSince;
    }

    private static long pending(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            session.oneSideDone(from);
            // To shut down the output would throw away what is still to be written: it goes first.
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(written.isSuccess()));
        }
    }

    private void endOutput(boolean written) {
        note(0);
        if (!written) {
            return;
        }
        if (session.opposite(this).passedOn) {
            // Nothing more to come either way: to close says the same.
            passedOn = true;
            session.halfDone();
            return;
        }
        to.shutdownOutput().addListener(shut -> {
            passedOn = true;
            session.halfDone();
        });
    }

    /** Whether the end has been read here and has been told there. */
    boolean isDone() {
        return passedOn;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.sideGone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.broken();
    }

    /** The connection is over, and nothing waits any more. */
    void letGo() {
        note(0);
    }
}
