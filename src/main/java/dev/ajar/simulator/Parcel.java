package dev.ajar.simulator;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A datagram on its way out.
 *
 * @param from the address it is sent from; empty for the router's own
 * @param otherPort whether it leaves by another port than the router listens on
 * @param delay before it is sent
 */
record Parcel(byte[] bytes, Optional<InetAddress> from, boolean otherPort, Duration delay) {
    static Parcel of(byte[] bytes) {
        return new Parcel(bytes, Optional.empty(), false, Duration.ZERO);
    }

    static Parcel from(InetAddress address, byte[] bytes) {
        return new Parcel(bytes, Optional.of(address), true, Duration.ZERO);
    }

    Parcel after(Duration time) {
        return new Parcel(bytes, from, otherPort, time);
    }
}
