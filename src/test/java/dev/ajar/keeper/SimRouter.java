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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A router: one table, whatever it is asked in, and all that can be wrong with it. */
final class SimRouter {
    record Key(TransportProtocol protocol, Port external) {}

    /** @param nonce PCP's, or empty for an entry anybody may change */
    record Entry(Endpoint internal, String description, Optional<Duration> end, String nonce, boolean foreign) {}

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    final SimClock clock;
    final Random random;
    final Map<Key, Entry> table = new LinkedHashMap<>();
    final Set<MappingProtocol> speaks;
    final List<String> crimes = new ArrayList<>();
    Optional<InetAddress> external = Optional.of(Samples.ip("11.22.33.1"));
    Duration bootedAt;
    Duration upAt = Duration.ZERO;
    boolean permanentOnly;
    long longestLease = 604_800;
    int room = 1000;
    double loss;

    /** Whether it answers everything but requests for mappings. */
    boolean deafToMappings;

    /** Whether its answers to the question for its address make no sense. */
    boolean garblesItsAddress;

    long mappingRequests;

    /** No entry that ajar made ends before that: until then nobody has to look at all of them. */
    private Duration firstEnd = NEVER;

    /** When each request of the last second came. */
    private final Deque<Duration> recent = new ArrayDeque<>();

    int mostInASecond;
    long requests;

    SimRouter(SimClock clock, Random random, Set<MappingProtocol> speaks) {
        this.clock = clock;
        this.random = random;
        this.speaks = EnumSet.copyOf(speaks);
        this.bootedAt = clock.elapsed().minus(Duration.ofDays(1));
    }

    boolean isUp() {
        return clock.elapsed().compareTo(upAt) >= 0;
    }

    /** Its table is gone, and it is away for so long. */
    void reboot(Duration away) {
        table.values().removeIf(entry -> !entry.foreign());
        upAt = clock.elapsed().plus(away);
        bootedAt = upAt;
    }

    long epoch() {
        return clock.elapsed().minus(bootedAt).toSeconds();
    }

    /** Whether a request got through and its answer back. */
    boolean hears() {
        requests++;
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
        expire();
        return Optional.ofNullable(table.get(key));
    }

    /** What ajar does to the table; whose entry it was is looked at. */
    void put(Key key, Entry entry) {
        Entry before = table.get(key);
        if (before != null && before.foreign()) {
            crimes.add("wrote over " + before + " at " + key);
        }
        table.put(key, entry);
        entry.end().filter(end -> end.compareTo(firstEnd) < 0).ifPresent(end -> firstEnd = end);
    }

    void remove(Key key) {
        Entry before = table.remove(key);
        if (before != null && before.foreign()) {
            crimes.add("removed " + before + " at " + key);
        }
    }

    long ours() {
        return table.values().stream().filter(entry -> !entry.foreign()).count();
    }
}
