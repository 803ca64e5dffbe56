package dev.ajar.relay.engine;

import dev.ajar.model.Protocol;
import dev.ajar.relay.Places;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.Tally;
import dev.ajar.relay.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Carries what the rules say. Not for several threads at once, but for the status. */
public final class RelayServer implements AutoCloseable {
    private static final long GLANCE_NANOS = 20_000_000;

    private final Loops loops;
    private final Places places;
    private final LongSupplier clock;
    private final Waiting waiting = new Waiting();

    /** By the port it listens on. */
    private final Map<String, Door> doors = new LinkedHashMap<>();

    /** Rules that cannot listen, and why. */
    private final Map<String, Shut> shut = new LinkedHashMap<>();

    private record Shut(RelayRule rule, Trouble why) {}

    /** @param clock nanoseconds of a monotonic clock */
    public RelayServer(Loops loops, Places places, LongSupplier clock) {
        this.loops = loops;
        this.places = places;
        this.clock = clock;
    }

    /** From now on these rules and no others. Those that stay the same do not notice. */
    public synchronized void apply(List<RelayRule> rules) {
        shut.clear();
        Map<String, RelayRule> wanted = new LinkedHashMap<>();
        rules.forEach(rule -> wanted.put(rule.place(), rule));
        for (Map.Entry<String, Door> entry : List.copyOf(doors.entrySet())) {
            RelayRule fresh = wanted.get(entry.getKey());
            if (fresh == null || !entry.getValue().canBecome(fresh)) {
                entry.getValue().shut();
                entry.getValue().clear();
                doors.remove(entry.getKey());
            }
        }
        // A listening socket for each thread, and one for those of UDP.
        places.keepForListeners(wanted.size() * (long) loops.all().size());
        wanted.forEach(this::apply);
    }

    private void apply(String place, RelayRule rule) {
        Door door = doors.get(place);
        if (door == null) {
            open(place, rule);
        } else if (!door.rule().equals(rule)) {
            door.become(rule);
        }
    }

    private void open(String place, RelayRule rule) {
        Door door = rule.protocol() == Protocol.TCP
                ? new TcpDoor(rule, loops, places, waiting, clock)
                : new UdpDoor(rule, loops, places, clock);
        try {
            door.open();
            doors.put(place, door);
        } catch (IOException e) {
            shut.put(place, new Shut(rule, Listeners.trouble(e, rule.listen())));
            giveUp(door);
        } catch (RuntimeException e) {
            // Netty wraps the system's refusal to give out another descriptor.
            shut.put(place, new Shut(rule, new Trouble(Trouble.Kind.OTHER, Refusal.OUT_OF_FILES.words())));
            giveUp(door);
        }
    }

    private static void giveUp(Door door) {
        door.shut();
        door.clear();
    }

    /** Of every rule, those that cannot listen last. */
    public synchronized List<RuleStatus> status() {
        List<RuleStatus> all = new ArrayList<>();
        doors.values().forEach(door -> all.add(door.tally().status(door.rule(), Optional.empty())));
        shut.values().forEach(one -> all.add(new Tally().status(one.rule(), Optional.of(one.why()))));
        return all;
    }

    public int present() {
        return present(doorsNow());
    }

    private static int present(List<Door> doors) {
        return doors.stream().mapToInt(Door::present).sum();
    }

    private synchronized List<Door> doorsNow() {
        return List.copyOf(doors.values());
    }

    /**
     * No more come in; those that are there may go on for so long, and are put out then.
     *
     * @return whether all had ended by themselves
     */
    public boolean drain(Duration longest) {
        List<Door> open = doorsNow();
        open.forEach(Door::shut);
        long end = clock.getAsLong() + longest.toNanos();
        while (present(open) > 0 && clock.getAsLong() < end) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
        boolean done = present(open) == 0;
        open.forEach(Door::clear);
        return done;
    }

    /** Bytes that have been read and not been taken yet. */
    long waiting() {
        return waiting.bytes();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
        loops.close();
    }
}
