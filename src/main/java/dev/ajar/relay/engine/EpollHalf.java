package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.engine.loop.BulkRule;
import dev.ajar.relay.engine.loop.EpollSide;
import dev.ajar.relay.engine.loop.LoopWorkspace;
import dev.ajar.relay.engine.loop.ReadSizes;
import dev.ajar.relay.engine.loop.SplicePipe;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. What is read is written at once, from a buffer that all connections share; only what
 * the other side does not take is kept. A direction that has shown to be bulk goes through a pipe instead, without
 * being copied. While anything waits, no more is read. On one thread.
 */
final class EpollHalf implements TcpHalf {
    /** For one connection at a time, so that others get their turn. */
    private static final int READS = 4;

    /** More than fits into a pipe. */
    private static final int SPLICE_MOST = 1 << 20;

    private final EpollSession session;
    private final EpollSide from;
    private final EpollSide to;
    private final LongConsumer counted;
    private final LoopWorkspace workspace;

    private boolean readable;

    /** A read that did not fill the buffer may leave something: the end, an error, or what follows urgent data. */
    private boolean untilNothing;

    private boolean ended;
    private boolean passedOn;
    private boolean blocked;
    private boolean scheduled;
    private boolean bulk;
    private int alike;

    private @Nullable ByteBuf kept;
    private @Nullable SplicePipe pipe;
    private int inPipe;
    private long recorded;
    private final StallWatch stall = new StallWatch();
    private long taken;
    private long takenSeen;

    EpollHalf(EpollSession session, EpollSide from, EpollSide to, LongConsumer counted) {
        this.session = session;
        this.from = from;
        this.to = to;
        this.counted = counted;
        this.workspace = session.loop().workspace();
    }

    /** Something can be read. */
    void input(int events) {
        readable = true;
        untilNothing |= (events & ~EpollSide.ROOM) != Native.EPOLLIN;
    }

    /** The other side takes bytes again. */
    void room() {
        blocked = false;
    }

    /** Bytes that go before all others, which are released. */
    void precede(ByteBuf bytes) {
        kept = bytes;
    }

    boolean isWaiting() {
        return pending() > 0;
    }

    /** Passes on what can be passed on now. */
    void pump() {
        try {
            for (int i = 0; i < READS; i++) {
                if (!flush()) {
                    return;
                }
                if (ended) {
                    passOn();
                    return;
                }
                if (!readable) {
                    return;
                }
                take();
                if (session.isOver()) {
                    return;
                }
            }
            later();
        } catch (IOException | NotYetConnectedException e) {
            // Netty's word for a socket that has been reset is the latter.
            session.broken();
        }
    }

    private void later() {
        if (!scheduled && !blocked && (readable || ended)) {
            scheduled = true;
            session.loop().group().execute(() -> {
                scheduled = false;
                if (!session.isOver()) {
                    pumpAlone();
                }
            });
        }
    }

    /** As the loop's own task: what fails ends this connection, not the loop. */
    private void pumpAlone() {
        try {
            pump();
        } catch (RuntimeException | OutOfMemoryError e) {
            session.broken();
        }
    }

    private void take() throws IOException {
        SplicePipe free = bulk ? workspace.pipe().orElse(null) : null;
        if (free == null) {
            copy();
            return;
        }
        pipe = free;
        inPipe = from.spliceTo(free, SPLICE_MOST);
        if (inPipe > 0) {
            passing(inPipe);
            flush();
            return;
        }
        emptied();
        if (untilNothing) {
            // Splicing does not tell the end, or urgent data, from nothing to read.
            copy();
        } else {
            readable = false;
        }
    }

    private void copy() throws IOException {
        ByteBuffer scratch = workspace.scratch();
        int most = session.waiting().isMuch() ? ReadSizes.MODEST : LoopWorkspace.LARGEST;
        int length = from.read(scratch, most);
        if (length <= 0) {
            readable = false;
            if (length < 0) {
                ended = true;
                session.endOf(from);
            }
            return;
        }
        // A read that did not fill the buffer has emptied the socket, and what comes later is another event.
        readable = untilNothing || length == most;
        passing(length);
        int written = to.write(scratch, 0, length);
        if (written < length) {
            keep(scratch, written, length);
        }
    }

    private void passing(int length) {
        session.moved();
        counted.accept(length);
        BulkRule rule = workspace.bulkRule();
        boolean other = bulk ? length < rule.small() : length >= rule.large();
        alike = other ? alike + 1 : 0;
        if (alike == rule.reads()) {
            bulk = !bulk;
            alike = 0;
        }
    }

    private void keep(ByteBuffer bytes, int begin, int end) {
        ByteBuf rest = session.loop().allocator().directBuffer(end - begin, end - begin);
        rest.writeBytes(bytes.slice(begin, end - begin));
        kept = rest;
        block();
        if (session.waiting().isTooMuch()) {
            session.abort(Refusal.STALLED);
        }
    }

    private void block() {
        blocked = true;
        record();
        to.awaitRoom();
    }

    /** @return whether nothing waits any more */
    private boolean flush() throws IOException {
        if (blocked) {
            return false;
        }
        ByteBuf rest = kept;
        if (rest != null) {
            ByteBuffer bytes = rest.internalNioBuffer(rest.readerIndex(), rest.readableBytes());
            int written = to.write(bytes, bytes.position(), bytes.limit());
            rest.skipBytes(written);
            taken += written;
            if (rest.isReadable()) {
                block();
                return false;
            }
            kept = null;
            rest.release();
            record();
        }
        SplicePipe full = pipe;
        while (full != null && inPipe > 0) {
            int written = to.spliceFrom(full, inPipe);
            if (written == 0) {
                block();
                return false;
            }
            inPipe -= written;
            taken += written;
        }
        emptied();
        return true;
    }

    private void emptied() {
        if (pipe != null) {
            workspace.giveBack(pipe);
            pipe = null;
        }
    }

    /** Counts what waits in this process; the system counts what waits in pipes. */
    private void record() {
        long bytes = kept == null ? 0 : kept.readableBytes();
        session.waiting().add(bytes - recorded);
        recorded = bytes;
    }

    private long pending() {
        return inPipe + (kept == null ? 0L : kept.readableBytes());
    }

    private void passOn() throws IOException {
        if (passedOn) {
            return;
        }
        passedOn = true;
        if (!session.closeIfDone()) {
            to.endOutput();
        }
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
    public boolean isTaken(long now) {
        // A pipe that was emptied and filled again has as much in it as before.
        boolean more = taken != takenSeen;
        takenSeen = taken;
        return stall.look(pending(), more, now);
    }

    @Override
    public long stalledFor(long now) {
        return stall.stalledFor(now);
    }

    @Override
    public void letGo() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
        record();
        if (pipe != null && inPipe > 0) {
            workspace.discard(pipe);
            pipe = null;
            inPipe = 0;
        }
        emptied();
    }
}
