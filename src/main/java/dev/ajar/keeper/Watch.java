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
record Watch(
        Duration nextAt, Optional<EpochRule.Reading> reading, Optional<Optional<InetAddress>> address, int silent) {
    static Watch beginning(Duration now) {
        return new Watch(now, Optional.empty(), Optional.empty(), 0);
    }

    boolean isSilent() {
        return silent > 0;
    }

    Watch at(Duration moment) {
        return new Watch(moment, reading, address, silent);
    }

    Watch unheard(Duration moment) {
        return new Watch(moment, reading, address, silent + 1);
    }

    Watch heard(Duration next) {
        return new Watch(next, reading, address, 0);
    }

    Watch reading(EpochRule.Reading now) {
        return new Watch(nextAt, Optional.of(now), address, silent);
    }

    Watch told(Optional<InetAddress> now) {
        return new Watch(nextAt, reading, Optional.of(now), silent);
    }
}
