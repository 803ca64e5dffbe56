package dev.ajar.keeper;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A fault.
 *
 * @param at when it begins, from the beginning of the day
 * @param lasts how long it lasts; zero for an event without a duration
 * @param number selects the mapping, the address or the amount, depending on the kind
 */
record SimFault(Kind kind, Duration at, Duration lasts, int number) {
    /** The faults of the acceptance tests G1 to G19, and restarts that are hard to tell from none. */
    enum Kind {
        REBOOT,
        ANNOUNCED_RESTART,
        RESTARTED_TWICE,
        RESTARTED_WHILE_OPENING,
        COUNTER_WRONG,
        SILENCE,
        LOSS,
        NEW_INTERNET_ADDRESS,
        NEW_LOCAL_ADDRESS,
        UNPLUGGED,
        VANISHED,
        TAKEN_BY_ANOTHER,
        TABLE_FULL,
        SHORT_LEASES,
        PERMANENT_ONLY,
        SLEEP,
        WALL_JUMP,
        DISK_FULL,
        KILLED
    }

    private static final Duration DAY = Duration.ofHours(20);

    static List<SimFault> draw(Random random) {
        List<SimFault> faults = new ArrayList<>();
        int count = 3 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            Duration at = Duration.ofSeconds(random.nextInt((int) DAY.toSeconds()));
            int[] lengths = {0, 1, 5, 30, 120, 600, 3600, 7200};
            Duration lasts = Duration.ofSeconds(lengths[random.nextInt(lengths.length)]);
            faults.add(new SimFault(kind, at, lasts, random.nextInt(1000)));
        }
        faults.sort(Comparator.comparing(SimFault::at));
        return faults;
    }

    Duration end() {
        return at.plus(lasts);
    }

    /** How long after its end all mappings must be open again. */
    Duration slack(SimWorld world) {
        boolean listed = world.router.speaks.contains(UpnpProtocol.UPNP) && world.router.speaks.size() == 1;
        Duration usual = Duration.ofSeconds(75);
        return switch (kind) {
            case REBOOT, ANNOUNCED_RESTART, RESTARTED_TWICE, RESTARTED_WHILE_OPENING, COUNTER_WRONG -> usual;
            case SILENCE, UNPLUGGED, SLEEP, NEW_INTERNET_ADDRESS, DISK_FULL, KILLED, WALL_JUMP -> usual;
            // The exchange that repairs the mapping may be lost too.
            case LOSS -> Duration.ofSeconds(150);
            case NEW_LOCAL_ADDRESS -> listed ? usual : Duration.ofMinutes(150);
            case VANISHED -> listed ? usual : Duration.ofMinutes(90);
            // Without a table to read, it is noticed at the next renewal.
            case TAKEN_BY_ANOTHER -> Duration.ofMinutes(listed ? 62 : 152);
            case TABLE_FULL -> Duration.ofMinutes(12);
            case SHORT_LEASES, PERMANENT_ONLY -> usual;
        };
    }

    void begin(SimWorld world) {
        switch (kind) {
            case REBOOT -> world.router.reboot(lasts);
            case ANNOUNCED_RESTART -> {
                world.router.reboot(Duration.ZERO);
                world.announceAfter(Duration.ofMillis(number * 3L));
            }
            case RESTARTED_TWICE -> {
                int[] millis = {0, 300, 1500, 4000, 10_000};
                world.router.restartAfter(world.desiredMappings().size(), Duration.ofMillis(millis[number % 5]));
                world.router.reboot(Duration.ofSeconds(number % 3));
            }
            case RESTARTED_WHILE_OPENING -> {
                world.router.restartAfter(1 + number % world.desiredMappings().size(), Duration.ofMillis(number % 100));
                world.router.reboot(Duration.ZERO);
            }
            case COUNTER_WRONG ->
                world.router.counts(
                        switch (number % 5) {
                            case 0 -> SimRouter.Counter.STANDS_STILL;
                            case 1 -> SimRouter.Counter.RUNS_BACKWARDS;
                            case 2 -> SimRouter.Counter.WRAPS;
                            case 3 -> SimRouter.Counter.JUMPS;
                            default -> SimRouter.Counter.RUNS_FAST;
                        });
            case SILENCE -> world.router.upAt = world.clock.elapsed().plus(lasts);
            case LOSS -> world.router.loss = number % 2 == 0 ? 0.3 : 0.5;
            case NEW_INTERNET_ADDRESS ->
                world.router.external =
                        number % 5 == 0 ? Optional.empty() : Optional.of(Samples.ip("11.22.33." + (2 + number % 200)));
            case NEW_LOCAL_ADDRESS -> world.network.move(Samples.ip("192.168.77." + (20 + number % 200)));
            case UNPLUGGED -> world.network.attach(false);
            case VANISHED -> world.router.table.remove(key(world));
            case TAKEN_BY_ANOTHER -> world.foreign(key(world).external().number());
            case TABLE_FULL -> world.router.room = Math.max(0, world.router.table.size() - 1);
            case SHORT_LEASES -> world.router.longestLease = number % 2 == 0 ? 60 : 600;
            case PERMANENT_ONLY -> world.router.permanentOnly = true;
            case SLEEP -> {
                world.clock.sleep(lasts);
                world.router.expire();
            }
            case WALL_JUMP -> world.clock.jumpWall(Duration.ofDays((number - 500) * 7L));
            case DISK_FULL -> world.disk.fill(true);
            case KILLED -> world.restart();
        }
    }

    void end(SimWorld world) {
        switch (kind) {
            case LOSS -> world.router.loss = 0;
            case COUNTER_WRONG -> world.router.counts(SimRouter.Counter.STEADY);
            case UNPLUGGED -> world.network.attach(true);
            case TAKEN_BY_ANOTHER -> world.router.table.values().removeIf(SimRouter.Entry::foreign);
            case TABLE_FULL -> world.router.room = 1000;
            case SHORT_LEASES -> world.router.longestLease = 604_800;
            case PERMANENT_ONLY -> world.router.permanentOnly = false;
            case DISK_FULL -> world.disk.fill(false);
            case REBOOT, ANNOUNCED_RESTART, RESTARTED_TWICE, RESTARTED_WHILE_OPENING -> {}
            case SILENCE, NEW_INTERNET_ADDRESS, NEW_LOCAL_ADDRESS, VANISHED, SLEEP, WALL_JUMP, KILLED -> {}
        }
    }

    private SimRouter.Key key(SimWorld world) {
        Port port = world.desiredMappings()
                .get(number % world.desiredMappings().size())
                .externalPort();
        return new SimRouter.Key(TransportProtocol.TCP, port);
    }
}
