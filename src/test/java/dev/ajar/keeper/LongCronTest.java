package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.MappingProtocol;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand days of {@code ajar renew} from cron, for each interval, with missed runs, days off and restarts. */
@Tag("simulation")
class LongCronTest {
    private static final int DAYS = 1000;
    private static final Duration AWAY = Duration.ofSeconds(40);
    private static final List<Duration> LEASES = List.of(
            Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(5), Duration.ofDays(7));

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 60})
    void no_lease_ends_that_the_interval_does_not_force_to(int minutes) {
        Duration interval = Duration.ofMinutes(minutes);
        long seed = Long.getLong("ajar.first-seed", 1);
        long lapses = 0;
        long renewals = 0;
        for (MappingProtocol method : Samples.PROTOCOLS.all()) {
            for (Duration lease : LEASES) {
                for (boolean told : new boolean[] {true, false}) {
                    CronDays days = live(method, lease, interval, told, seed++);
                    lapses += days.lapses;
                    renewals += days.renewals;
                }
            }
        }
        MeasurementLog.record(
                "cron %d min".formatted(minutes),
                "%d days in each protocol: %d renewals, %d lapses that the interval forced"
                        .formatted(DAYS, renewals, lapses));
    }

    /** A run that comes while the router is away repairs nothing, and the next one does. */
    private static void restart(CronDays days) {
        Duration back = days.world().clock.elapsed().plus(AWAY);
        days.world().router.reboot(AWAY);
        do {
            days.repairing();
        } while (days.world().clock.elapsed().compareTo(back) < 0);
    }

    private static CronDays live(MappingProtocol method, Duration lease, Duration interval, boolean told, long seed) {
        String name = "%s, lease %s every %s, told: %s, seed %d".formatted(method, lease, interval, told, seed);
        CronDays days = new CronDays(method, lease, interval, told, seed);
        Random random = new Random(seed);
        long span = Duration.ofDays(DAYS).dividedBy(LEASES.size() * 2L).dividedBy(interval);
        // A missed run in three is the most that a lease of a little more than two intervals survives.
        boolean bearsAMiss = lease.compareTo(interval.multipliedBy(5).dividedBy(2)) > 0;
        boolean bearsARun =
                lease.compareTo(interval.multipliedBy(11).dividedBy(10).plusSeconds(10)) > 0;
        Duration begin = days.world().clock.elapsed();
        for (long run = 0; run < span; run++) {
            int chance = random.nextInt(1000);
            if (chance < 1) {
                days.off(Duration.ofDays(1));
                days.repairing();
            } else if (chance < 3) {
                restart(days);
            } else if (chance < 30 && bearsAMiss) {
                days.miss();
            }
            days.next();
        }
        if (bearsARun) {
            assertThat(days.lapses).as(name).isZero();
        }
        Duration lived = days.world().clock.elapsed().minus(begin);
        boolean halfDecides = lease.compareTo(interval.multipliedBy(9).dividedBy(2)) > 0;
        assertThat((double) days.renewals)
                .as(name)
                .isLessThanOrEqualTo(halfDecides ? days.mostRenewals(lived) : days.runs());
        assertThat(days.world().router.violations).as(name).isEmpty();
        return days;
    }
}
