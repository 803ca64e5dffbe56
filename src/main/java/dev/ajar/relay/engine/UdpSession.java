package dev.ajar.relay.engine;

import dev.ajar.relay.Place;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.TokenBucket;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One client and its own socket to the device. On one thread. */
final class UdpSession {
    /** RFC 9000, section 8.1: the limit of bytes to an address that may be forged. */
    private static final int AMPLIFICATION = 3;

    private final InetSocketAddress client;
    private final Place place;
    private final TokenBucket rate;
    private long lastMoved;
    private long bytesIn;
    private long bytesOut;
    private boolean answered;
    private boolean confirmed;
    private @Nullable UdpBackend back;
    private @Nullable InetAddress asked;
    private @Nullable DatagramChannel answering;

    UdpSession(InetSocketAddress client, Place place, RelayLimits limits, long now) {
        this.client = client;
        this.place = place;
        this.rate = new TokenBucket(limits.datagramRate(), limits.datagramRate(), now);
        this.lastMoved = now;
    }

    /** Once, before any datagram. */
    void reaches(UdpBackend socket) {
        back = socket;
    }

    /**
     * A datagram has arrived.
     *
     * @param now where it was sent to
     */
    void answersBy(InetAddress now, UdpFrontends fronts) {
        if (!now.equals(asked)) {
            asked = now;
            answering = fronts.answering(now, client);
        }
    }

    /** The socket whose answers come from the address that was asked. */
    DatagramChannel answering() {
        return Objects.requireNonNull(answering);
    }

    /** A datagram from the client. */
    boolean takes(long now) {
        return rate.take(now);
    }

    void cameIn(int bytes, long now) {
        lastMoved = now;
        place.moved(now);
        bytesIn += bytes;
        // Only a client whose address is real goes on after an answer.
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

    /** Whether the client's address is known to be real. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** Only the client's datagrams keep the session alive: a device may go on sending to a client that has left. */
    boolean isOver(long now, RelayLimits limits) {
        return now - lastMoved > (confirmed ? limits.idle() : limits.unanswered()).toNanos();
    }

    InetSocketAddress client() {
        return client;
    }

    Place place() {
        return place;
    }

    UdpBackend back() {
        return Objects.requireNonNull(back);
    }
}
