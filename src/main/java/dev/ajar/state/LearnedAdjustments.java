package dev.ajar.state;

import dev.ajar.model.Adjustment;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How a gateway wants to be asked. It spares the next command the requests that would be refused.
 *
 * @param gateway its address
 * @param device what it calls itself: another box may get the same address one day
 * @param adjustments the changes to a request it needed
 */
public record LearnedAdjustments(InetAddress gateway, String device, Set<Adjustment> adjustments, Instant learntAt) {
    /** Long enough to matter, short enough for new firmware to be given another chance. */
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
