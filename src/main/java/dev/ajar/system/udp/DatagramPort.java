package dev.ajar.system.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An open UDP socket. It waits without holding a thread in native code once interrupted, and never throws. */
public interface DatagramPort extends AutoCloseable {
    /** Sends a datagram. Where that is not possible it is lost, as any datagram may be. */
    SendResult send(byte[] payload, InetSocketAddress destination);

    /** Waits up to {@code timeout} for the next datagram. */
    ReceiveResult receive(Duration timeout);

    /**
     * Hears from now on what is sent to a multicast group as well. Where that is not possible, because another program
     * keeps the port for itself, it goes on without.
     */
    void alsoHear(InetSocketAddress group);

    /** Makes a wait under way, or else the next one, end at once with silence. May be called by any thread. */
    void wake();

    /** This socket's own address. */
    InetAddress localAddress();

    @Override
    void close();
}
