package dev.ajar.relay;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many connections a second may begin: of each source, and of all. While all want more than that, a source or
 * network that has tried seldom goes before one that has tried often, and one that waited and asks again before one
 * never seen, which may be forged. Not for several threads.
 */
final class EntryRate {
    private static final long SECOND = 1_000_000_000L;

    /** Tries count less with time: after so many seconds a third of them. */
    private static final double MEMORY_SECONDS = 10;

    /** Fewer than that are forgotten. */
    private static final double FORGOTTEN = 0.5;

    /** Seconds of a rate that may be taken at once. */
    private static final int BURST = 3;

    /** Of each kind; a new one takes the place of the one not seen for longest. */
    private static final int MOST_SOURCES = 32_768;

    /** Tries of a whole network count less: there may be many homes in it. */
    private static final int PART_OF_V4_SITE = 8;

    private static final int PART_OF_V6_HOME = 4;
    private static final int PART_OF_V6_SITE = 16;

    /** The part of the budget that is never left to those who try most. */
    private static final double FOR_OTHERS = 0.75;

    /** The part of the budget for sources that ask again. */
    private static final double FOR_KNOWN = 0.125;

    /** Whether a source asks again, or sends several at once: forged addresses do not come back. */
    private static final long PATIENT_NANOS = SECOND / 10;

    private static final class Tries {
        private double count;
        private long at;
        private final long first;

        Tries(long now) {
            this.at = now;
            this.first = now;
        }

        double at(long now) {
            return count * Math.exp((at - now) / (MEMORY_SECONDS * SECOND));
        }

        void add(long now) {
            count = at(now) + 1;
            at = now;
        }
    }

    private static final class Source {
        private final TokenBucket own;
        private final Tries tries;

        Source(int rate, long now) {
            this.own = new TokenBucket(rate, rate * (long) BURST, now);
            this.tries = new Tries(now);
        }
    }

    private RelayLimits limits;
    private TokenBucket all;
    private final Map<ClientSource, Source> sources = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<SourceNetwork, Tries> networks = new LinkedHashMap<>(16, 0.75f, true);

    EntryRate(RelayLimits limits, long now) {
        this.limits = limits;
        this.all = bucketOfAll(now);
    }

    private TokenBucket bucketOfAll(long now) {
        return new TokenBucket(limits.rateOfAll(), limits.rateOfAll() * (long) BURST, now);
    }

    void change(RelayLimits fresh, long now) {
        if (fresh.rate() != limits.rate()) {
            sources.clear();
            networks.clear();
        }
        limits = fresh;
        all = bucketOfAll(now);
    }

    /** @return whether one may begin now; the try counts either way */
    boolean take(ClientSource source, long now) {
        if (limits.rate() == 0) {
            return true;
        }
        Source known = sources.get(source);
        if (known == null) {
            makeRoom(sources);
            known = new Source(limits.rate(), now);
            sources.put(source, known);
        }
        known.tries.add(now);
        double most = known.tries.at(now);
        for (SourceNetwork network : SourceNetwork.around(source)) {
            Tries tries = networks.get(network);
            if (tries == null) {
                makeRoom(networks);
                tries = new Tries(now);
                networks.put(network, tries);
            }
            tries.add(now);
            most = Math.max(most, tries.at(now) / part(network));
        }
        boolean patient = now - known.tries.first >= PATIENT_NANOS;
        double left = FOR_OTHERS * most / (most + limits.rate() * MEMORY_SECONDS);
        return known.own.hasMoreThan(0, now)
                && all.hasMoreThan(patient ? left : Math.max(FOR_KNOWN, left), now)
                && known.own.take(now)
                && all.take(now);
    }

    private static double part(SourceNetwork network) {
        if (!network.v6()) {
            return PART_OF_V4_SITE;
        }
        return network.isSite() ? PART_OF_V6_SITE : PART_OF_V6_HOME;
    }

    private static <K, V> void makeRoom(Map<K, V> map) {
        if (map.size() >= MOST_SOURCES) {
            Iterator<K> oldest = map.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Forgets those that have not tried for some time; to be called now and then. */
    void forget(long now) {
        sources.values().removeIf(source -> source.own.isFull(now) && source.tries.at(now) < FORGOTTEN);
        networks.values().removeIf(tries -> tries.at(now) < FORGOTTEN);
    }

    int size() {
        return sources.size();
    }
}
