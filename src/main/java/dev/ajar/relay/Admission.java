package dev.ajar.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which clients one rule admits: counts and rates by source, with some places reserved for sources that have no
 * connection. For several threads.
 */
public final class Admission {
    /** A source is remembered until its bucket is full again; while so many are, no new source is admitted. */
    private static final int MOST_SOURCES = 65_536;

    /** One place in so many is reserved for sources that have none. */
    private static final int KEPT = 20;

    private static final int BURST = 3;

    private static final Optional<Refusal> ADMITTED = Optional.empty();

    private static final class SourceState {
        private final TokenBucket rate;
        private int present;

        SourceState(TokenBucket rate) {
            this.rate = rate;
        }
    }

    private RelayLimits limits;
    private final ConnectionLimit connectionLimit;
    private final Map<ClientSource, SourceState> sources = new HashMap<>();
    private TokenBucket all;
    private int present;

    /** @param connectionLimit shared by all rules */
    public Admission(RelayLimits limits, ConnectionLimit connectionLimit, long now) {
        this.limits = limits;
        this.connectionLimit = connectionLimit;
        this.all = bucketOfAll(now);
    }

    private TokenBucket bucketOfAll(long now) {
        return new TokenBucket(limits.rateOfAll(), limits.rateOfAll() * (long) BURST, now);
    }

    /** Other limits from now on; connections that exist stay. */
    public synchronized void change(RelayLimits fresh, long now) {
        if (fresh.rate() != limits.rate()) {
            sources.values().removeIf(sourceState -> sourceState.present == 0);
        }
        limits = fresh;
        all = bucketOfAll(now);
    }

    /** @return why not; empty when admitted, and then {@link #leave} has to be called at the end */
    public synchronized Optional<Refusal> enter(ClientSource source, long now) {
        int most = limits.maxConnections();
        SourceState sourceState = sources.get(source);
        int its = sourceState == null ? 0 : sourceState.present;
        if (its >= limits.perSource()) {
            return Optional.of(Refusal.TOO_MANY_OF_ONE);
        }
        if (sourceState == null) {
            if (sources.size() >= MOST_SOURCES) {
                return Optional.of(Refusal.TOO_FAST);
            }
            sourceState = new SourceState(new TokenBucket(limits.rate(), limits.rate() * (long) BURST, now));
            sources.put(source, sourceState);
        }
        if (!sourceState.rate.take(now) || !all.take(now)) {
            return Optional.of(Refusal.TOO_FAST);
        }
        boolean full = present >= most || (its > 0 && present >= most - most / KEPT);
        if (full || !connectionLimit.take(its == 0)) {
            return Optional.of(Refusal.FULL);
        }
        present++;
        sourceState.present++;
        return ADMITTED;
    }

    /** Admits a client that was just told {@link Refusal#FULL}, once there is room; its rate has been counted already. */
    public synchronized Optional<Refusal> enterAfterAll(ClientSource source) {
        SourceState sourceState = sources.get(source);
        if (sourceState == null
                || present >= limits.maxConnections()
                || !connectionLimit.take(sourceState.present == 0)) {
            return Optional.of(Refusal.FULL);
        }
        present++;
        sourceState.present++;
        return ADMITTED;
    }

    /** How many connections {@code source} has. */
    public synchronized int presentFrom(ClientSource source) {
        SourceState sourceState = sources.get(source);
        return sourceState == null ? 0 : sourceState.present;
    }

    public synchronized void leave(ClientSource source) {
        present--;
        connectionLimit.giveBack();
        SourceState sourceState = sources.get(source);
        if (sourceState != null && sourceState.present > 0) {
            sourceState.present--;
            if (sourceState.present == 0 && limits.rate() == 0) {
                sources.remove(source);
            }
        }
    }

    /** Forgets sources without connections; to be called now and then. */
    public synchronized void forget(long now) {
        sources.values().removeIf(sourceState -> sourceState.present == 0 && sourceState.rate.isFull(now));
    }

    public synchronized int present() {
        return present;
    }

    synchronized int sources() {
        return sources.size();
    }
}
