package dev.ajar.relay.engine;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleCounters;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.PendingBytes;
import dev.ajar.relay.engine.loop.RelaySockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Relays by rules. For one thread at a time, except for the status. */
public final class RelayServer implements AutoCloseable {
    private static final long GLANCE_NANOS = 20_000_000;

    private final EventLoops eventLoops;
    private final ConnectionLimit connectionLimit;
    private final LongSupplier clock;
    private final PendingBytes waiting = new PendingBytes();

    /** By the port it listens on. */
    private final Map<RelayRule.Place, RelayListener> doors = new LinkedHashMap<>();

    /** Rules that cannot listen, and why. */
    private final Map<RelayRule.Place, Shut> shut = new LinkedHashMap<>();

    private record Shut(RelayRule rule, RuleProblem why) {}

    /** @param clock nanoseconds of a monotonic clock */
    public RelayServer(EventLoops eventLoops, ConnectionLimit connectionLimit, LongSupplier clock) {
        this.eventLoops = eventLoops;
        this.connectionLimit = connectionLimit;
        this.clock = clock;
    }

    /** Relays these rules and no others from now on. Connections of unchanged rules go on. */
    public synchronized void apply(List<RelayRule> rules) {
        shut.clear();
        Map<RelayRule.Place, RelayRule> wanted = new LinkedHashMap<>();
        rules.forEach(rule -> wanted.put(rule.place(), rule));
        for (Map.Entry<RelayRule.Place, RelayListener> entry : List.copyOf(doors.entrySet())) {
            RelayRule fresh = wanted.get(entry.getKey());
            if (fresh == null || !entry.getValue().canBecome(fresh)) {
                entry.getValue().shut();
                entry.getValue().clear();
                doors.remove(entry.getKey());
            }
        }
        // A listening socket for each thread, and one for those of UDP.
        connectionLimit.keepForListeners(wanted.size() * (long) eventLoops.all().size());
        wanted.forEach(this::apply);
    }

    private void apply(RelayRule.Place place, RelayRule rule) {
        RelayListener listener = doors.get(place);
        if (listener == null) {
            open(place, rule);
        } else if (!listener.rule().equals(rule)) {
            listener.become(rule);
        }
    }

    private void open(RelayRule.Place place, RelayRule rule) {
        RelayListener listener = rule.protocol() == TransportProtocol.TCP
                ? new TcpRelayListener(rule, eventLoops, connectionLimit, waiting, clock)
                : new UdpRelayListener(rule, eventLoops, connectionLimit, clock);
        try {
            listener.open();
            doors.put(place, listener);
        } catch (IOException e) {
            shut.put(place, new Shut(rule, RelaySockets.trouble(e, rule.listen())));
            giveUp(listener);
        } catch (RuntimeException e) {
            // Netty wraps the system's error that no file descriptor is left.
            shut.put(
                    place,
                    new Shut(rule, new RuleProblem(RuleProblem.ProblemKind.OTHER, Refusal.OUT_OF_FILES.words())));
            giveUp(listener);
        }
    }

    private static void giveUp(RelayListener listener) {
        listener.shut();
        listener.clear();
    }

    /** The status of every rule, those that cannot listen last. */
    public synchronized List<RuleStatus> status() {
        List<RuleStatus> all = new ArrayList<>();
        doors.values().forEach(listener -> all.add(listener.status()));
        shut.values().forEach(one -> all.add(new RuleCounters().status(one.rule(), one.why())));
        return all;
    }

    public int present() {
        return present(doorsNow());
    }

    private static int present(List<RelayListener> doors) {
        return doors.stream().mapToInt(RelayListener::present).sum();
    }

    private synchronized List<RelayListener> doorsNow() {
        return List.copyOf(doors.values());
    }

    /**
     * Admits no new connections; existing ones may go on for {@code longest}, and are ended then.
     *
     * @return whether all had ended by themselves
     */
    public boolean drain(Duration longest) {
        List<RelayListener> open = doorsNow();
        open.forEach(RelayListener::shut);
        long end = clock.getAsLong() + longest.toNanos();
        while (present(open) > 0 && clock.getAsLong() < end) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
        boolean done = present(open) == 0;
        open.forEach(RelayListener::clear);
        return done;
    }

    /** Ends all connections at once, also those that {@link #drain} waits for. For any thread. */
    public void cutOff() {
        doorsNow().forEach(RelayListener::clear);
    }

    /** Bytes that were read and not yet written. */
    long waiting() {
        return waiting.bytes();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
        eventLoops.close();
    }
}
