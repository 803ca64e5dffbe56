package dev.ajar.http;

import dev.ajar.system.Deadline;
import java.time.Duration;

/** How long an exchange may still take: it can be shortened, never extended. */
final class ReadBudget {
    private Deadline deadline;
    private boolean losing;

    ReadBudget(Deadline deadline) {
        this.deadline = deadline;
    }

    Duration remaining() {
        return deadline.remaining();
    }

    /** Records that an answer took longer than usual on a LAN, so a packet was probably lost. */
    void recordLoss() {
        losing = true;
    }

    boolean isLosing() {
        return losing;
    }

    /** Shortens the budget to {@code time} from now. */
    void shortenTo(Duration time) {
        deadline = deadline.within(time);
    }
}
