package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.Optional;

/** The state of a desired mapping. Moments are on the clock that counts time asleep. */
public sealed interface MappingState {
    /**
     * Not open, as far as ajar knows.
     *
     * @param dueAt when to request it next
     * @param failures failed requests in a row
     * @param lost whether it was open before
     * @param why the last failure
     */
    record Inactive(Duration dueAt, int failures, boolean lost, Optional<Failure> why) implements MappingState {
        Inactive dueAt(Duration moment) {
            return new Inactive(moment, failures, lost, why);
        }
    }

    /**
     * Open.
     *
     * @param grantedAt when it was granted, or found on the gateway
     * @param renewAt when to renew it; empty for a lease without an end, or that lasts as long as it is wanted
     * @param verifyAt when to check whether it is still in the gateway's table
     * @param failures failed renewals since {@code grantedAt}
     * @param distrusted whether the entry may be listed and yet not work, for example after the external address changed
     */
    record Active(
            Lease lease,
            Duration grantedAt,
            Optional<Duration> renewAt,
            Duration verifyAt,
            int failures,
            boolean distrusted)
            implements MappingState {
        Active renewingAt(Optional<Duration> moment, int failedRenewals) {
            return new Active(lease, grantedAt, moment, verifyAt, failedRenewals, distrusted);
        }

        Active verifyingAt(Duration moment, boolean distrust) {
            return new Active(lease, grantedAt, renewAt, moment, failures, distrust);
        }

        /** When the gateway drops the mapping; empty for a lease without an end. */
        public Optional<Duration> endsAt() {
            return RenewalPolicy.endOf(lease, grantedAt);
        }
    }
}
