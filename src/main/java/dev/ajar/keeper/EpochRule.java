package dev.ajar.keeper;

import dev.ajar.model.MappingProtocol;
import java.time.Duration;

/** Whether a gateway's epoch says that it has lost its table since it was last read. Pure. */
final class EpochRule {
    private EpochRule() {}

    /**
     * What was read, and when.
     *
     * @param epoch seconds, as the gateway said
     * @param at on our own clock, in which sleep counts
     */
    record Reading(long epoch, Duration at) {}

    static boolean tableIsLost(MappingProtocol method, Reading before, Reading now) {
        return switch (method) {
            case NAT_PMP -> isLostByNatPmp(before, now);
            case PCP -> isLostByPcp(before, now);
            case UPNP -> false;
        };
    }

    /** RFC 6886 section 3.6: less than seven eighths of what has passed here, by more than two seconds. */
    static boolean isLostByNatPmp(Reading before, Reading now) {
        long passed = now.at().toSeconds() - before.at().toSeconds();
        return now.epoch() < before.epoch() + passed * 7 / 8 - 2;
    }

    /** RFC 6887 section 8.5: backwards by more than a second, or out of step by more than a sixteenth and two seconds. */
    static boolean isLostByPcp(Reading before, Reading now) {
        if (now.epoch() < before.epoch() - 1) {
            return true;
        }
        long client = now.at().toSeconds() - before.at().toSeconds();
        long server = now.epoch() - before.epoch();
        return client + 2 < server - server / 16 || server + 2 < client - client / 16;
    }
}
