package dev.ajar.relay.engine;

import dev.ajar.relay.ClientSource;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.TokenBucket;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetSocketAddress;

/** Who speaks with the device through a socket of their own. On one thread. */
final class UdpSession {
    /** RFC 9000, section 8.1: no more than that to an address that may not have asked. */
    private static final int AMPLIFICATION = 3;

    private final InetSocketAddress client;
    private final ClientSource source;
    private final DatagramChannel back;
    private final TokenBucket rate;
    private long lastMoved;
    private long bytesIn;
    private long bytesOut;
    private boolean answered;
    private boolean confirmed;

    UdpSession(InetSocketAddress client, ClientSource source, DatagramChannel back, RelayLimits limits, long now) {
        this.client = client;
        this.source = source;
        this.back = back;
        this.rate = new TokenBucket(limits.datagramRate(), limits.datagramRate(), now);
        this.lastMoved = now;
    }

    /** A datagram from the client. */
    boolean takes(long now) {
        return rate.take(now);
    }

    void cameIn(int bytes, long now) {
        lastMoved = now;
        bytesIn += bytes;
        // Only somebody who is there goes on after an answer.
        confirmed |= answered;
    }

    /** Whether an answer of that size may go to the client; if so it counts as sent. */
    boolean mayAnswer(int bytes) {
        if (!confirmed && bytesOut + bytes > AMPLIFICATION * bytesIn) {
            return false;
        }
        bytesOut += bytes;
        answered = true;
        return true;
    }

    /** Whether somebody is known to be there. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** Only what the client sends keeps it: a device may go on to speak to somebody who has left. */
    boolean isOver(long now, RelayLimits limits) {
        return now - lastMoved > (confirmed ? limits.idle() : limits.unanswered()).toNanos();
    }

    InetSocketAddress client() {
        return client;
    }

    ClientSource source() {
        return source;
    }

    DatagramChannel back() {
        return back;
    }
}
