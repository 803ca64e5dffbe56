package dev.ajar.keeper.model;

import dev.ajar.model.Durations;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.state.DesiredMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to renew a lease, and when to check that it is still in the table. Pure, apart from the random numbers. */
public final class RenewalPolicy {
    /** The largest lifetime of NAT-PMP and PCP is 136 years, longer than any router keeps a mapping. */
    private static final Duration LONGEST_BELIEVED = Duration.ofDays(7);

    /** Limits the requests to a router that grants leases of a few seconds. */
    public static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);

    /** Up to so many mappings are verified once a minute; more would load a router. */
    private static final int VERIFIED_EACH_MINUTE = 16;

    private static final Duration SHORTEST_VERIFICATION = Duration.ofSeconds(50);
    private static final Duration LONGEST_VERIFICATION = Duration.ofMinutes(5);

    /**
     * A lease and the end that the user wants are not counted from the same moment: the router takes its time to
     * answer.
     */
    private static final Duration SAME_END = Duration.ofSeconds(5);
    /**
     * An epoch so old differs from one that has just begun by more than both protocols tolerate between health checks.
     */
    static final Duration TOLD_APART = Duration.ofSeconds(12);

    /** As {@link #TOLD_APART}, also after a minute without an answer. */
    static final Duration SETTLED = Duration.ofSeconds(60);

    private static final Duration SETTLING_AGAIN = Duration.ofSeconds(30);
    private static final Duration WITHOUT_EPOCH = Duration.ofSeconds(20);
    private static final Duration SOONEST_LOOK = Duration.ofSeconds(8);

    /** By then after a restart, what is called open is open. */
    private static final Duration SHOWN_BY = Duration.ofSeconds(27);

    /**
     * One datagram each way for each mapping: so many a second load no router, and a restart shows in half a minute.
     */
    private static final int RENEWED_EACH_SECOND = 12;

    private static final Duration WITHOUT_TABLE = Duration.ofSeconds(40);

    /** One request over TCP for each mapping. */
    private static final int UNSHOWN_EACH_SECOND = 3;

    private static final int MOST_DOUBLINGS = 4;

    /** How soon after its grant an entry that was not shown then is looked for. */
    private static final Duration SHOWN_LATER = Duration.ofSeconds(15);

    private final RandomGenerator random;

    public RenewalPolicy(RandomGenerator random) {
        this.random = random;
    }

    /** When the gateway drops the mapping; empty for a lease without an end. */
    static Optional<Duration> endOf(Lease lease, Duration grantedAt) {
        return switch (lease.granted()) {
            case LeaseDuration.Finite(Duration time) -> Optional.of(grantedAt.plus(believed(time)));
            case LeaseDuration.Permanent ignored -> Optional.empty();
        };
    }

    /**
     * The state of a mapping whose lease begins at {@code grantedAt}.
     *
     * @param mappings the number of mappings to verify
     */
    public MappingState.Active active(
            DesiredMapping desired, Lease lease, Duration grantedAt, int mappings, Duration now) {
        Optional<Duration> renewal =
                lastsLongEnough(desired, lease) ? Optional.empty() : nextRenewal(lease, grantedAt, 0, now);
        return new MappingState.Active(
                lease, grantedAt, renewal, nextVerification(mappings, now), grantedAt, 0, false, false);
    }

    /** Whether the mapping is no longer wanted when its lease ends. */
    private static boolean lastsLongEnough(DesiredMapping desired, Lease lease) {
        Optional<Instant> end = lease.expiresAt().map(at -> at.plus(SAME_END));
        return desired.until()
                .filter(until -> end.stream().noneMatch(until::isAfter))
                .isPresent();
    }

    private static Duration believed(Duration granted) {
        return granted.compareTo(LONGEST_BELIEVED) < 0 ? granted : LONGEST_BELIEVED;
    }

    /**
     * When to renew: first between a half and five eighths of the lease (RFC 6887 section 11.2.1), then at three
     * quarters, at seven eighths, and shortly before the end.
     *
     * @param failures failed renewals so far
     */
    public Optional<Duration> nextRenewal(Lease lease, Duration grantedAt, int failures, Duration now) {
        return endOf(lease, grantedAt).map(end -> {
            Duration whole = end.minus(grantedAt);
            Duration at = switch (failures) {
                case 0 -> grantedAt.plus(part(whole, 500 + random.nextInt(125)));
                case 1 -> grantedAt.plus(part(whole, 750));
                case 2 -> grantedAt.plus(part(whole, 875));
                default -> end.minus(part(whole, 125 >> Math.min(failures - 2, 7)));
            };
            Duration wanted = settlingAt(lease, grantedAt, failures, now)
                    .filter(settling -> settling.compareTo(at) < 0)
                    .orElse(at);
            Duration soonest = now.plus(SHORTEST_WAIT);
            return wanted.compareTo(soonest) > 0 ? wanted : soonest;
        });
    }

    /**
     * When to ask again for what a young epoch granted: two epochs that both began within seconds of the grant look
     * alike, so a second restart shows in no reading. Empty once the epoch was old enough at the grant.
     */
    private static Optional<Duration> settlingAt(Lease lease, Duration grantedAt, int failures, Duration now) {
        Optional<Long> young = lease.epoch().filter(epoch -> epoch < SETTLED.toSeconds());
        return young.map(epoch -> {
            if (failures > 0) {
                return now.plus(Durations.times(SETTLING_AGAIN, 1L << Math.min(failures - 1, 10)));
            }
            Duration old = epoch < TOLD_APART.toSeconds() ? TOLD_APART : SETTLED;
            return grantedAt.plus(old).minusSeconds(epoch);
        });
    }

    /**
     * The next renewal on a gateway whose epoch tells nothing: only asking again makes sure that the mapping is there.
     */
    public Duration renewalWithoutEpoch(int mappings, Duration now) {
        return now.plus(longer(WITHOUT_EPOCH, Duration.ofSeconds(mappings / RENEWED_EACH_SECOND)));
    }

    /**
     * The same for what was just opened. Many are opened within seconds and renewed one after the other, so the first
     * of them begin sooner, for the last not to be late. From then on they are apart.
     */
    public Duration firstRenewalWithoutEpoch(int mappings, Duration now) {
        Duration usual = renewalWithoutEpoch(mappings, now);
        Duration sooner = now.plus(leavingTimeFor(mappings, WITHOUT_EPOCH));
        return usual.compareTo(sooner) < 0 ? usual : sooner;
    }

    /**
     * The usual time, or what leaves enough to ask for so many mappings, one after the other, until half a minute has
     * passed.
     */
    public static Duration leavingTimeFor(int mappings, Duration usual) {
        Duration left = longer(SOONEST_LOOK, SHOWN_BY.minusSeconds(mappings / RENEWED_EACH_SECOND));
        return left.compareTo(usual) < 0 ? left : usual;
    }

    /** The next renewal on a gateway that has neither an epoch nor a table to show. */
    public Duration renewalWithoutTable(int mappings, Duration now) {
        return now.plus(longer(WITHOUT_TABLE, Duration.ofSeconds(mappings / UNSHOWN_EACH_SECOND)));
    }

    /** Twice as far away for each failed renewal, up to sixteen times. */
    public static Duration slowedDown(Duration usual, int failures, Duration now) {
        return now.plus(Durations.times(usual.minus(now), 1L << Math.min(failures, MOST_DOUBLINGS)));
    }

    /** When to look for an entry that was not shown at its grant. */
    public Duration firstLook(Duration now) {
        return now.plus(SHOWN_LATER);
    }

    /** When to look whether a gateway shows its table by now: about as often for many mappings as for few. */
    public Duration nextLook(int mappings, Duration now) {
        Duration each = Durations.times(LONGEST_VERIFICATION, 1 + mappings / VERIFIED_EACH_MINUTE);
        return now.plus(part(each, 500 + random.nextInt(500)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration part(Duration whole, int thousandths) {
        return Durations.fraction(whole, thousandths, 1000);
    }

    /** @param mappings the number of mappings to verify */
    public Duration nextVerification(int mappings, Duration now) {
        long factor = Math.max(1, (mappings + VERIFIED_EACH_MINUTE - 1L) / VERIFIED_EACH_MINUTE);
        Duration wait = Durations.times(SHORTEST_VERIFICATION, factor);
        Duration bounded = wait.compareTo(LONGEST_VERIFICATION) < 0 ? wait : LONGEST_VERIFICATION;
        return now.plus(part(bounded, 900 + random.nextInt(100)));
    }
}
