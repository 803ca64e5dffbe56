package dev.ajar.keeper.model;

import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

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
        public Inactive dueAt(Duration moment) {
            return new Inactive(moment, failures, lost, why);
        }
    }

    /**
     * Open.
     *
     * @param grantedAt when it was granted, or found on the gateway
     * @param renewAt when to renew it; empty for a lease without an end, or that lasts as long as it is wanted
     * @param verifyAt when to check whether it is still in the gateway's table
     * @param confirmedAt when the gateway last granted it or showed it in its table
     * @param failures failed renewals since {@code grantedAt}
     * @param distrusted whether the entry may be listed and yet not work, for example after the external address
     *     changed
     * @param hidden whether the gateway, asked for the entry, would not show it
     */
    record Active(
            Lease lease,
            Duration grantedAt,
            Optional<Duration> renewAt,
            Duration verifyAt,
            Duration confirmedAt,
            int failures,
            boolean distrusted,
            boolean hidden)
            implements MappingState {
        public Active renewingAt(Optional<Duration> moment, int failedRenewals) {
            return new Active(lease, grantedAt, moment, verifyAt, confirmedAt, failedRenewals, distrusted, hidden);
        }

        /** Renewed then, if it would not end or be renewed before. */
        public Active renewingBy(Duration moment) {
            boolean sooner =
                    Stream.of(renewAt, endsAt()).flatMap(Optional::stream).anyMatch(at -> at.compareTo(moment) <= 0);
            return sooner ? this : renewingAt(Optional.of(moment), failures);
        }

        public Active verifyingAt(Duration moment, boolean distrust) {
            return new Active(lease, grantedAt, renewAt, moment, confirmedAt, failures, distrust, hidden);
        }

        /** The gateway has shown it in its table. */
        public Active confirmed(Duration moment) {
            return new Active(lease, grantedAt, renewAt, verifyAt, moment, failures, distrusted, false);
        }

        /** The gateway would not show it in its table. */
        public Active unshown() {
            return new Active(lease, grantedAt, renewAt, verifyAt, confirmedAt, failures, distrusted, true);
        }

        /** Whether only asking again makes sure that it is there: no epoch tells, and no table has shown it. */
        public boolean isUnseen() {
            boolean epochTells = lease.claim().gateway().method().traits().hasEpoch();
            return !epochTells && (!lease.isListed() || lease.listedAs().isEmpty());
        }

        /** What the gateway said its epoch was when it granted the lease, and when that was. */
        public Optional<EpochRule.Reading> reading() {
            return lease.epoch().map(epoch -> new EpochRule.Reading(epoch, grantedAt));
        }

        /** When the gateway drops the mapping; empty for a lease without an end. */
        public Optional<Duration> endsAt() {
            return RenewalPolicy.endOf(lease, grantedAt);
        }
    }
}
