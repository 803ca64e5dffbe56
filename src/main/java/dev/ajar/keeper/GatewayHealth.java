package dev.ajar.keeper;

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
 */
record GatewayHealth(
        Duration nextAt, Optional<EpochRule.Reading> reading, Optional<Optional<InetAddress>> address, int silent) {
    static GatewayHealth initial(Duration nextAt) {
        return new GatewayHealth(nextAt, Optional.empty(), Optional.empty(), 0);
    }

    boolean isSilent() {
        return silent > 0;
    }

    GatewayHealth dueAt(Duration next) {
        return new GatewayHealth(next, reading, address, silent);
    }

    GatewayHealth unanswered(Duration next) {
        return new GatewayHealth(next, reading, address, silent + 1);
    }

    GatewayHealth answered(Duration next) {
        return new GatewayHealth(next, reading, address, 0);
    }

    GatewayHealth withReading(EpochRule.Reading now) {
        return new GatewayHealth(nextAt, Optional.of(now), address, silent);
    }

    GatewayHealth withAddress(Optional<InetAddress> now) {
        return new GatewayHealth(nextAt, reading, Optional.of(now), silent);
    }
}
