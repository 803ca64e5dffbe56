package dev.ajar.relay.engine.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much is read at once: little from connections that send little, and up to 256 KiB from a stream that fills it,
 * which halves the system calls for each byte. While many bytes wait to be written, every connection reads little.
 */
public final class ReadSizes implements RecvByteBufAllocator {
    private static final int SMALLEST = 2048;
    public static final int MODEST = 16 * 1024;
    private static final int LARGEST = 256 * 1024;

    /** For one connection at a time, so that others get their turn. */
    private static final int READS = 4;

    private static final int PATIENCE = 2;

    private final PendingBytes waiting;

    public ReadSizes(PendingBytes waiting) {
        this.waiting = waiting;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Sizes();
    }

    private final class Sizes extends ReadHandle {
        private int size = SMALLEST;
        private int tooLarge;
        private int reads;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return waiting.isMuch() ? Math.min(size, MODEST) : size;
        }

        @Override
        public void reset(ChannelConfig config) {
            reads = 0;
            super.reset(config);
        }

        @Override
        public void incMessagesRead(int count) {
            reads += count;
        }

        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            if (bytes == attemptedBytesRead()) {
                size = Math.min(LARGEST, size * 4);
                tooLarge = 0;
            } else if (bytes > 0 && bytes <= size / 4 && ++tooLarge >= PATIENCE) {
                size = Math.max(SMALLEST, size / 4);
                tooLarge = 0;
            }
        }

        /** A read that did not fill its buffer has emptied the socket. */
        @Override
        public boolean continueReading() {
            return isAutoRead() && reads < READS && lastBytesRead() > 0 && lastBytesRead() == attemptedBytesRead();
        }
    }
}
