package dev.ajar.relay.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How datagrams are read: a batch at a time, and again only while the batch was full. Netty's own allocators read until
 * nothing is left, one system call more for each wake-up.
 */
final class DatagramReads implements RecvByteBufAllocator {
    private final int size;
    private final int batch;
    private final int most;

    /**
     * @param size bytes of the buffer for one read
     * @param batch how many datagrams one read can bring
     * @param most how many to read before other sockets get their turn
     */
    DatagramReads(int size, int batch, int most) {
        this.size = size;
        this.batch = batch;
        this.most = most;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reads();
    }

    private final class Reads extends ReadHandle {
        private int all;
        private int before;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            before = all;
            return allocator.ioBuffer(size, size);
        }

        @Override
        public int guess() {
            return size;
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
            return isAutoRead() && all < most && all - before >= batch;
        }
    }
}
