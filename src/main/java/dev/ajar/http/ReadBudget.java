package dev.ajar.http;

import dev.ajar.system.Deadline;
import java.time.Duration;

/** How long an exchange may still take. It may get shorter on the way, never longer. */
final class ReadBudget {
    private Deadline deadline;
    private boolean losing;

    ReadBudget(Deadline deadline) {
        this.deadline = deadline;
    }

    Duration remaining() {
        return deadline.remaining();
    }

    /** A packet was not answered in the time a LAN takes. */
    void recordLoss() {
        losing = true;
    }

    boolean isLosing() {
        return losing;
    }

    /** To no more than {@code time} from now. */
    void shortenTo(Duration time) {
        deadline = deadline.within(time);
    }
}
