package dev.ajar.state;

import dev.ajar.model.Adjustment;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The changes to a request that a gateway needed. They spare the next command requests that the gateway would refuse.
 *
 * @param gateway the gateway's address
 * @param device the name the gateway gives itself, because another gateway may get the same address
 * @param adjustments the changes
 */
public record LearnedAdjustments(InetAddress gateway, String device, Set<Adjustment> adjustments, Instant learntAt) {
    /** Long enough to save requests, short enough to notice new firmware. */
    private static final Duration MEMORY = Duration.ofDays(30);

    boolean isAbout(InetAddress address, String name) {
        return gateway.equals(address) && device.equals(name);
    }

    boolean isForgettable(Instant now) {
        return !forgettableFrom().isAfter(now);
    }

    Instant forgettableFrom() {
        return learntAt.plus(MEMORY);
    }
}
