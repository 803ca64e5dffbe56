package dev.ajar.simulator;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A datagram to send.
 *
 * @param from the address it is sent from; empty for the router's own
 * @param otherPort whether it leaves by another port than the router listens on
 * @param delay before it is sent
 */
record OutgoingDatagram(byte[] bytes, Optional<InetAddress> from, boolean otherPort, Duration delay) {
    static OutgoingDatagram of(byte[] bytes) {
        return new OutgoingDatagram(bytes, Optional.empty(), false, Duration.ZERO);
    }

    static OutgoingDatagram from(InetAddress address, byte[] bytes) {
        return new OutgoingDatagram(bytes, Optional.of(address), true, Duration.ZERO);
    }

    OutgoingDatagram rewritten(UnaryOperator<byte[]> rewriting) {
        return new OutgoingDatagram(rewriting.apply(bytes), from, otherPort, delay);
    }

    OutgoingDatagram after(Duration time) {
        return new OutgoingDatagram(bytes, from, otherPort, time);
    }
}
