package dev.ajar.relay.engine.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How datagrams are read: a batch at a time, and again only while the batch was full. Netty's own allocators read until
 * nothing is left, one system call more for each wake-up. A batch is small until one was full, because preparing a
 * large one takes longer than reading a single datagram.
 */
public final class DatagramReads implements RecvByteBufAllocator {
    /** One more than a client that waits for its answer has under way, so that its batch is not full. */
    private static final int FEW = 2;

    private static final int FASTER = 4;

    private final int size;
    private final int batch;
    private final int most;

    /**
     * @param size bytes of the buffer for each datagram
     * @param batch how many datagrams one read can bring
     * @param most how many to read before other sockets get their turn
     */
    public DatagramReads(int size, int batch, int most) {
        this.size = size;
        this.batch = batch;
        this.most = most;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reads();
    }

    private final class Reads extends ReadHandle {
        private int now = Math.min(FEW, batch);
        private int all;
        private int before;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            before = all;
            return allocator.ioBuffer(now * size, now * size);
        }

        @Override
        public int guess() {
            return now * size;
        }

        @Override
        public void reset(ChannelConfig config) {
            all = 0;
            before = 0;
            super.reset(config);
        }

        @Override
        public void incMessagesRead(int count) {
            all += count;
        }

        @Override
        public boolean continueReading() {
            int read = all - before;
            boolean full = read >= now;
            now = Math.clamp(full ? now * FASTER : read + 1, Math.min(FEW, batch), batch);
            return isAutoRead() && all < most && full;
        }
    }
}
