package dev.ajar.system;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;

/** What clocks on the wall show at a moment, as people read them. */
@FunctionalInterface
public interface LocalClock {
    OffsetDateTime at(Instant moment);

    static LocalClock in(ZoneId zone) {
        return moment -> moment.atZone(zone).toOffsetDateTime();
    }

    /**
     * This machine's. {@link ZoneId#systemDefault} shows the same, and costs more at the start of a command than
     * everything else that is done with time: it looks through every jar for more zones.
     */
    static LocalClock ofThisMachine() {
        return moment -> moment.atOffset(
                ZoneOffset.ofTotalSeconds(TimeZone.getDefault().getOffset(moment.toEpochMilli()) / 1000));
    }
}
