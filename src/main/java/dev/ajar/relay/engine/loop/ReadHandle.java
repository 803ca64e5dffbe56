package dev.ajar.relay.engine.loop;

import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.UncheckedBooleanSupplier;

/** What all ways of reading share: they note what the last read brought. */
abstract class ReadHandle implements ExtendedHandle {
    private int last;
    private int attempted;
    private boolean autoRead;

    @Override
    public void reset(ChannelConfig config) {
        autoRead = config.isAutoRead();
    }

    /** Whether the channel wants more than one read at a time. */
    final boolean isAutoRead() {
        return autoRead;
    }

    @Override
    public void lastBytesRead(int bytes) {
        last = bytes;
    }

    @Override
    public final int lastBytesRead() {
        return last;
    }

    @Override
    public final void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public final int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public final boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return continueReading();
    }

    @Override
    public final void readComplete() {
        // The total of a round says nothing about the next read.
    }
}
