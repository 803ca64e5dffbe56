package dev.ajar.keeper;

import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to renew a lease, and when to look whether it is still there. Pure but for the dice. */
final class RenewalPolicy {
    /** NAT-PMP's and PCP's largest lifetime is 136 years; nobody keeps a promise that long. */
    private static final Duration LONGEST_BELIEVED = Duration.ofDays(7);

    /** A router that grants seconds only is not to be asked all the time. */
    static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);

    /** Ten mappings looked at within a minute are no burden; a thousand would be. */
    private static final int OFTEN_LOOKED_AT = 16;

    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(50);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

    private final RandomGenerator random;

    RenewalPolicy(RandomGenerator random) {
        this.random = random;
    }

    /** When the gateway drops it; empty for a lease without an end. */
    static Optional<Duration> endOf(Lease lease, Duration grantedAt) {
        return switch (lease.granted()) {
            case LeaseDuration.Finite(Duration time) -> Optional.of(grantedAt.plus(believed(time)));
            case LeaseDuration.Permanent ignored -> Optional.empty();
        };
    }

    private static Duration believed(Duration granted) {
        return granted.compareTo(LONGEST_BELIEVED) < 0 ? granted : LONGEST_BELIEVED;
    }

    /**
     * The first try, between a half and five eighths of the time (RFC 6887 section 11.2.1); then three quarters, seven
     * eighths, and shortly before the end.
     *
     * @param failures how often it has been tried in vain
     */
    Optional<Duration> renewal(Lease lease, Duration grantedAt, int failures, Duration now) {
        return endOf(lease, grantedAt).map(end -> {
            Duration whole = end.minus(grantedAt);
            Duration at = switch (failures) {
                case 0 -> grantedAt.plus(part(whole, 500 + random.nextInt(125)));
                case 1 -> grantedAt.plus(part(whole, 750));
                case 2 -> grantedAt.plus(part(whole, 875));
                default -> end.minus(part(whole, 125 >> (failures - 2)));
            };
            Duration soonest = now.plus(SHORTEST_WAIT);
            return at.compareTo(soonest) > 0 ? at : soonest;
        });
    }

    private static Duration part(Duration whole, int thousandths) {
        return whole.multipliedBy(thousandths).dividedBy(1000);
    }

    /** @param mappings how many there are to look at */
    Duration look(int mappings, Duration now) {
        long factor = Math.max(1, (mappings + OFTEN_LOOKED_AT - 1L) / OFTEN_LOOKED_AT);
        Duration wait = SHORTEST_LOOK.multipliedBy(factor);
        Duration bounded = wait.compareTo(LONGEST_LOOK) < 0 ? wait : LONGEST_LOOK;
        return now.plus(part(bounded, 900 + random.nextInt(100)));
    }
}
