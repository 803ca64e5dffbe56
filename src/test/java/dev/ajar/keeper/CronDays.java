package dev.ajar.keeper;

import dev.ajar.keeper.decision.RunSchedule;
import dev.ajar.model.MappingProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A machine on which cron starts a run again and again, and nothing else keeps its port open. */
final class CronDays {
    private static final int MOST_RUNS = 16;

    private final SimWorld world;
    private final Random random;
    private final Duration lease;
    private final Duration interval;
    private final boolean told;
    private final List<Instant> runs = new ArrayList<>();
    private Duration nominal;
    private long begun;

    /** How often the port was closed just before a run that came in time. */
    long lapses;

    /** Mapping requests beside those that opened or repaired the port. */
    long renewals;

    /** @param told whether the interval is told or learnt */
    CronDays(MappingProtocol method, Duration lease, Duration interval, boolean told, long seed) {
        this.world = new SimWorld(seed, Set.of(method));
        this.random = new Random(seed);
        this.lease = lease;
        this.interval = interval;
        this.told = told;
        world.want(25565, lease);
        world.runOnce(RunSchedule.UNKNOWN);
        // The user opened the port at some moment between two runs.
        this.nominal = world.clock.elapsed().plus(part(interval, random.nextInt(1000)));
    }

    private static Duration part(Duration time, int thousandths) {
        return time.multipliedBy(thousandths).dividedBy(1000);
    }

    SimWorld world() {
        return world;
    }

    long runs() {
        return begun;
    }

    /** cron is late by up to two seconds. */
    void next() {
        await();
        lapses += world.allUp() ? 0 : 1;
        run();
    }

    /**
     * A run of a systemd timer, which counts from the beginning of the run before, and is late by up to ten seconds.
     */
    void nextOfTimer() {
        world.clock.advanceTo(nominal.plusMillis(random.nextInt(10_000)));
        world.router.expire();
        nominal = world.clock.elapsed().plus(interval);
        lapses += world.allUp() ? 0 : 1;
        run();
    }

    /** A run that does not take place. */
    void miss() {
        nominal = nominal.plus(interval);
    }

    /** The machine is off; cron goes on at the next full interval. */
    void off(Duration time) {
        nominal = nominal.plus(interval.multipliedBy(time.dividedBy(interval)));
    }

    /** A run in which the port is not expected to be open. */
    void repairing() {
        await();
        long before = renewals;
        run();
        renewals = before;
    }

    private void await() {
        world.clock.advanceTo(nominal.plusMillis(random.nextInt(2000)));
        world.router.expire();
        nominal = nominal.plus(interval);
    }

    /** A run at this moment. */
    void run() {
        begun++;
        runs.add(world.clock.instant());
        if (runs.size() > MOST_RUNS) {
            runs.removeFirst();
        }
        long before = world.router.mappingRequests;
        world.runOnce(told ? RunSchedule.told(interval, runs) : learnt());
        renewals += world.router.mappingRequests - before;
    }

    private RunSchedule learnt() {
        RunSchedule learnt = RunSchedule.learnt(runs);
        return learnt.interval().isEmpty() ? RunSchedule.every(Duration.ofMinutes(20)) : learnt;
    }

    /** The renewals that a lease needs in that time: two for each lease, or one for each run if it comes less often. */
    double mostRenewals(Duration time) {
        return 2.0 * time.toSeconds() / lease.toSeconds() + 2;
    }
}
