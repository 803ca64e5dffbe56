package dev.ajar.relay.engine;

/**
 * One direction of a connection, whatever its sockets are: bytes from one side go to the other, as fast as that reads.
 */
sealed interface TcpHalf permits ChannelHalf, EpollHalf {
    /** Whether the end was read on one side and passed on to the other. */
    boolean isDone();

    /** Whether the end was read. */
    boolean hasEnded();

    /** Whether some waiting bytes were written since the last check. */
    boolean isTaken(long now);

    /** How long no waiting byte was written, in nanoseconds; 0 while none waits. */
    long stalledFor(long now);

    /** The connection has ended, and no bytes wait any more. */
    void letGo();
}
