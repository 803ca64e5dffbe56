package dev.ajar.keeper;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a gateway that holds mappings.
 *
 * @param nextAt when to feel its pulse
 * @param reading its epoch, when it last told one
 * @param address its address on the internet side, when it last told it; empty inside when it had none
 * @param silent how often it has not answered in a row
 */
record GatewayHealth(
        Duration nextAt, Optional<EpochRule.Reading> reading, Optional<Optional<InetAddress>> address, int silent) {
    static GatewayHealth beginning(Duration now) {
        return new GatewayHealth(now, Optional.empty(), Optional.empty(), 0);
    }

    boolean isSilent() {
        return silent > 0;
    }

    GatewayHealth at(Duration moment) {
        return new GatewayHealth(moment, reading, address, silent);
    }

    GatewayHealth unheard(Duration moment) {
        return new GatewayHealth(moment, reading, address, silent + 1);
    }

    GatewayHealth heard(Duration next) {
        return new GatewayHealth(next, reading, address, 0);
    }

    GatewayHealth reading(EpochRule.Reading now) {
        return new GatewayHealth(nextAt, Optional.of(now), address, silent);
    }

    GatewayHealth told(Optional<InetAddress> now) {
        return new GatewayHealth(nextAt, reading, Optional.of(now), silent);
    }
}
