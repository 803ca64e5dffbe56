package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.Optional;

/** How a wish stands. Moments are on the clock in which sleep counts. */
public sealed interface MappingState {
    /**
     * Not open, as far as is known.
     *
     * @param dueAt when to ask for it
     * @param failures how often it has been asked for in vain
     * @param lost whether it was open before
     * @param why what came of it last
     */
    record Inactive(Duration dueAt, int failures, boolean lost, Optional<Failure> why) implements MappingState {
        Inactive at(Duration moment) {
            return new Inactive(moment, failures, lost, why);
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
    record Active(
            Lease lease,
            Duration grantedAt,
            Optional<Duration> renewAt,
            Duration lookAt,
            int failures,
            boolean distrusted)
            implements MappingState {
        Active renewing(Optional<Duration> moment, int inVain) {
            return new Active(lease, grantedAt, moment, lookAt, inVain, distrusted);
        }

        Active looking(Duration moment, boolean doubt) {
            return new Active(lease, grantedAt, renewAt, moment, failures, doubt);
        }

        /** When its gateway drops it by itself. */
        public Optional<Duration> endsAt() {
            return RenewalPolicy.endOf(lease, grantedAt);
        }
    }
}
