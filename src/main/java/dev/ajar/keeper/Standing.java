package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.Optional;

/** How a wish stands. Moments are on the clock in which sleep counts. */
public sealed interface Standing {
    /**
     * Not open, as far as is known.
     *
     * @param dueAt when to ask for it
     * @param failures how often it has been asked for in vain
     * @param lost whether it was open before
     * @param why what came of it last
     */
    record Absent(Duration dueAt, int failures, boolean lost, Optional<Failure> why) implements Standing {
        Absent at(Duration moment) {
            return new Absent(moment, failures, lost, why);
        }
    }

    /**
     * Open.
     *
     * @param grantedAt when it was granted, or found to be there
     * @param renewAt when to renew it; empty for a lease without an end
     * @param lookAt when to look whether it is still in the gateway's table
     * @param failures renewals in vain since then
     * @param distrusted whether the gateway has given reason to doubt that an entry in its table still works
     */
    record Open(
            Lease lease,
            Duration grantedAt,
            Optional<Duration> renewAt,
            Duration lookAt,
            int failures,
            boolean distrusted)
            implements Standing {
        Open renewing(Optional<Duration> moment, int inVain) {
            return new Open(lease, grantedAt, moment, lookAt, inVain, distrusted);
        }

        Open looking(Duration moment, boolean doubt) {
            return new Open(lease, grantedAt, renewAt, moment, failures, doubt);
        }

        /** When its gateway drops it by itself. */
        public Optional<Duration> endsAt() {
            return RenewalPolicy.endOf(lease, grantedAt);
        }
    }
}
