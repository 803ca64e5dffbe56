package dev.ajar.keeper;

import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A simulated router: one table for all protocols, with faults that a test can set. */
final class SimRouter {
    record Key(TransportProtocol protocol, Port external) {}

    /** @param nonce of PCP; empty for an entry that any client may change */
    record Entry(Endpoint internal, String description, Optional<Duration> end, String nonce, boolean foreign) {}

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    final SimClock clock;
    final Random random;
    final Map<Key, Entry> table = new LinkedHashMap<>();
    final Set<MappingProtocol> speaks;
    final List<String> violations = new ArrayList<>();
    Optional<InetAddress> external = Optional.of(Samples.ip("11.22.33.1"));
    Duration bootedAt;
    Duration upAt = Duration.ZERO;
    boolean permanentOnly;
    long longestLease = 604_800;
    int room = 1000;
    double loss;

    /** How its counter of seconds since the beginning of its table goes. */
    enum Counter {
        STEADY,
        STANDS_STILL,
        RUNS_BACKWARDS,
        RUNS_FAST,
        /** Back to the same number every ten minutes. */
        WRAPS,
        /** Another number with every answer. */
        JUMPS
    }

    private Counter counter = Counter.STEADY;
    private long counterBegan;
    private Duration counterSince = Duration.ZERO;

    /** Further grants until it restarts; negative if it does not. */
    private long grantsUntilRestart = -1;

    private Duration restartDelay = Duration.ZERO;
    private Optional<Duration> restartAt = Optional.empty();

    /** How often it has lost its table. */
    int restarts;

    /** Whether it shows no entry, as UPnP routers do that have neither look. */
    boolean hidesTable;

    /** Whether it says of every entry that it is not there. */
    boolean deniesEntries;

    /** Whether it says so though it has shown the entry when it granted it. */
    boolean deniesLater;

    /** Whether it says no to a mapping it has, once ajar has removed it to make it anew. */
    boolean refusesRenewals;

    /** Whether it refuses to change what it has, and leaves it. */
    boolean keepsWhatItHas;

    /** Whether it answers all requests except those for mappings. */
    boolean ignoresMappingRequests;

    /** Whether it answers requests for its external address with a malformed one. */
    boolean sendsMalformedAddress;

    /** How often its entries have to be made anew. */
    Optional<Duration> anewEvery = Optional.empty();

    long mappingRequests;
    int removals;

    /** The earliest end of an entry that ajar made; before it, {@link #expire} need not look at the entries. */
    private Duration firstEnd = NEVER;

    /** The times of the requests within the last second. */
    private final Deque<Duration> recent = new ArrayDeque<>();

    int mostInASecond;
    long requests;

    SimRouter(SimClock clock, Random random, Set<MappingProtocol> speaks) {
        this.clock = clock;
        this.random = random;
        this.speaks = Set.copyOf(speaks);
        this.bootedAt = clock.elapsed().minus(Duration.ofDays(1));
    }

    boolean isUp() {
        return clock.elapsed().compareTo(upAt) >= 0;
    }

    /** Clears the table; the router does not answer for the given time. */
    void reboot(Duration away) {
        table.values().removeIf(entry -> !entry.foreign());
        upAt = clock.elapsed().plus(away);
        bootedAt = upAt;
        restarts++;
    }

    /** Loses its table without a sign: its counter is that of the whole box and goes on. */
    void forget() {
        table.values().removeIf(entry -> !entry.foreign());
        restarts++;
    }

    /** Restarts once more, some time after so many further grants. */
    void restartAfter(long grants, Duration delay) {
        grantsUntilRestart = grants;
        restartDelay = delay;
    }

    void granted() {
        if (grantsUntilRestart > 0 && --grantsUntilRestart == 0) {
            restartAt = Optional.of(clock.elapsed().plus(restartDelay));
        }
    }

    /** No request has come since the moment of the restart, so it may be caught up on. */
    private void restartIfDue() {
        Optional<Duration> due = restartAt.filter(at -> at.compareTo(clock.elapsed()) <= 0);
        if (due.isPresent()) {
            restartAt = Optional.empty();
            table.values().removeIf(entry -> !entry.foreign());
            bootedAt = due.get();
            restarts++;
        }
    }

    /** Whether a restart is to come that {@link #restartAfter} has announced. */
    boolean willRestart() {
        restartIfDue();
        return grantsUntilRestart > 0 || restartAt.isPresent();
    }

    void restartsNoMore() {
        grantsUntilRestart = -1;
        restartAt = Optional.empty();
    }

    void counts(Counter as) {
        counterBegan = epoch();
        counterSince = clock.elapsed();
        counter = as;
    }

    long epoch() {
        long since = clock.elapsed().minus(counterSince).toSeconds();
        return switch (counter) {
            case STEADY -> Math.max(0, clock.elapsed().minus(bootedAt).toSeconds());
            case STANDS_STILL -> counterBegan;
            case RUNS_BACKWARDS -> Math.max(0, counterBegan - since);
            case RUNS_FAST -> counterBegan + 3 * since;
            case WRAPS -> clock.elapsed().toSeconds() % 600;
            case JUMPS -> Math.floorMod(clock.elapsed().toMillis() * 2_654_435_761L, 1_000_000L);
        };
    }

    /** Counts a request; returns whether it and its answer arrive. */
    boolean receives() {
        requests++;
        restartIfDue();
        Duration now = clock.elapsed();
        recent.addLast(now);
        while (now.minus(recent.getFirst()).compareTo(Duration.ofSeconds(1)) > 0) {
            recent.removeFirst();
        }
        mostInASecond = Math.max(mostInASecond, recent.size());
        expire();
        return isUp() && random.nextDouble() >= loss;
    }

    void expire() {
        Duration now = clock.elapsed();
        if (firstEnd.compareTo(now) > 0) {
            return;
        }
        table.values()
                .removeIf(entry ->
                        entry.end().filter(end -> end.compareTo(now) <= 0).isPresent());
        firstEnd = table.values().stream()
                .flatMap(entry -> entry.end().stream())
                .min(Comparator.naturalOrder())
                .orElse(NEVER);
    }

    Optional<Entry> at(Key key) {
        restartIfDue();
        expire();
        return Optional.ofNullable(table.get(key));
    }

    /** A change of the table by ajar; overwriting a foreign entry is a violation. */
    void put(Key key, Entry entry) {
        Entry before = table.get(key);
        if (before != null && before.foreign()) {
            violations.add("overwrote " + before + " at " + key);
        }
        table.put(key, entry);
        entry.end().filter(end -> end.compareTo(firstEnd) < 0).ifPresent(end -> firstEnd = end);
    }

    void remove(Key key) {
        Entry before = table.remove(key);
        if (before != null && before.foreign()) {
            violations.add("removed " + before + " at " + key);
        }
    }

    long ours() {
        return table.values().stream().filter(entry -> !entry.foreign()).count();
    }
}
