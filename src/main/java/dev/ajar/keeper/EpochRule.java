package dev.ajar.keeper;

import dev.ajar.model.MappingProtocol;
import java.time.Duration;

/** Whether a gateway's epoch shows that the gateway has lost its mapping table since the last reading. Pure. */
final class EpochRule {
    private EpochRule() {}

    /**
     * An epoch and the time it was read.
     *
     * @param epoch in seconds, as the gateway sent it
     * @param at on this machine's clock, which counts time asleep
     */
    record Reading(long epoch, Duration at) {}

    static boolean tableIsLost(MappingProtocol method, Reading before, Reading now) {
        return switch (method) {
            case NAT_PMP -> isLostByNatPmp(before, now);
            case PCP -> isLostByPcp(before, now);
            case UPNP -> false;
        };
    }

    /** RFC 6886 section 3.6: the epoch grew by less than seven eighths of the time passed here, minus two seconds. */
    static boolean isLostByNatPmp(Reading before, Reading now) {
        long passed = now.at().toSeconds() - before.at().toSeconds();
        return now.epoch() < before.epoch() + passed * 7 / 8 - 2;
    }

    /** RFC 6887 section 8.5: the epoch went back by over a second, or is out of step by over a sixteenth and two seconds. */
    static boolean isLostByPcp(Reading before, Reading now) {
        if (now.epoch() < before.epoch() - 1) {
            return true;
        }
        long client = now.at().toSeconds() - before.at().toSeconds();
        long server = now.epoch() - before.epoch();
        return client + 2 < server - server / 16 || server + 2 < client - client / 16;
    }
}
