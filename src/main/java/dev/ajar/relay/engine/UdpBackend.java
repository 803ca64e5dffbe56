package dev.ajar.relay.engine;

import dev.ajar.relay.Refusal;
import io.netty.buffer.ByteBuf;

/** A session's own socket to the device. On one thread. */
sealed interface UdpBackend permits ChannelBackend, EpollBackend {
    /** No datagram is larger. */
    int LARGEST = 65_536;

    /** What arrives, and what does not. */
    interface Answers {
        /** @param bytes to be released by the receiver */
        void answer(ByteBuf bytes);

        /** All that came at once has been passed on. */
        void complete();

        void refused(Refusal why);

        /** The socket is of no use any more. */
        void ended(Refusal why);
    }

    /** Whether a datagram would only wait. */
    boolean isCongested();

    /** @param bytes released here; perhaps sent only with {@link #flush} */
    void send(ByteBuf bytes);

    void flush();

    void close();
}
