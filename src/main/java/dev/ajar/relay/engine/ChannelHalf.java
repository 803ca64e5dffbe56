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

/** One direction of a connection: bytes from one side go to the other, as fast as that reads. On one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails comes through the pipeline.
final class ChannelHalf extends ChannelInboundHandlerAdapter implements TcpHalf {
    /** So much is written before more is read, while it is still in the processor's cache. */
    private static final int AT_HAND = 32 * 1024;

    private final ChannelSession session;
    private final SocketChannel from;
    private final SocketChannel to;
    private final LongConsumer counted;
    private boolean ended;
    private boolean passedOn;
    private long waiting;
    private final StallWatch stall = new StallWatch();

    ChannelHalf(ChannelSession session, SocketChannel from, SocketChannel to, LongConsumer counted) {
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
            recordPending(pending(to));
            if (session.waiting().isTooMuch()) {
                session.abort(Refusal.STALLED);
            }
        }
    }

    /** A few bytes that have to wait must not occupy a large buffer. */
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
            recordPending(pending(to));
        }
    }

    /** Concerns this direction only: the other one may go on. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (from.isWritable()) {
            session.opposite(this).goOn();
        }
    }

    private void goOn() {
        recordPending(0);
        if (!ended && !from.config().isAutoRead()) {
            from.config().setAutoRead(true);
        }
    }

    private void recordPending(long bytes) {
        session.waiting().add(bytes - waiting);
        waiting = bytes;
    }

    @Override
    public boolean isTaken(long now) {
        return stall.look(pending(to), false, now);
    }

    @Override
    public long stalledFor(long now) {
        return stall.stalledFor(now);
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
            // Shutting down the output would discard the bytes still to be written: they go first.
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(written.isSuccess()));
        }
    }

    private void endOutput(boolean written) {
        recordPending(0);
        if (!written) {
            return;
        }
        if (session.opposite(this).passedOn) {
            // Both directions have ended: closing says the same.
            passedOn = true;
            session.halfDone();
            return;
        }
        to.shutdownOutput().addListener(shut -> {
            passedOn = true;
            session.halfDone();
        });
    }

    @Override
    public boolean isDone() {
        return passedOn;
    }

    @Override
    public boolean hasEnded() {
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

    @Override
    public void letGo() {
        recordPending(0);
    }
}
