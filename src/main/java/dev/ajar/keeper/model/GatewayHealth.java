package dev.ajar.keeper.model;

import dev.ajar.model.EpochRule;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The health of a gateway that holds mappings.
 *
 * @param nextAt when to check its health next
 * @param reading its epoch, if it has reported one
 * @param address its external address, if it has reported one; an empty inner value if it had none
 * @param silent unanswered requests in a row
 * @param restarts readings of the epoch that showed a restart, or may hide one, without one between them that showed
 *     none
 */
public record GatewayHealth(
        Duration nextAt,
        Optional<EpochRule.Reading> reading,
        Optional<Optional<InetAddress>> address,
        int silent,
        int restarts) {
    /** No router restarts so often: its counter stands still, runs backwards, or at a speed of its own. */
    private static final int UNSTEADY = 3;

    public static GatewayHealth initial(Duration nextAt) {
        return new GatewayHealth(nextAt, Optional.empty(), Optional.empty(), 0, 0);
    }

    /** Whether its epoch tells nothing about its table. */
    public boolean isUnsteady() {
        return restarts >= UNSTEADY;
    }

    public boolean isSilent() {
        return silent > 0;
    }

    public GatewayHealth dueAt(Duration next) {
        return new GatewayHealth(next, reading, address, silent, restarts);
    }

    public GatewayHealth unanswered(Duration next) {
        return new GatewayHealth(next, reading, address, silent + 1, restarts);
    }

    public GatewayHealth answered(Duration next) {
        return new GatewayHealth(next, reading, address, 0, restarts);
    }

    /** @param counted how many readings have shown a restart by now */
    public GatewayHealth withReading(EpochRule.Reading now, int counted) {
        return new GatewayHealth(nextAt, Optional.of(now), address, silent, counted);
    }

    public GatewayHealth withAddress(Optional<InetAddress> now) {
        return new GatewayHealth(nextAt, reading, Optional.of(now), silent, restarts);
    }
}
