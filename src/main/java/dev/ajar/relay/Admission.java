package dev.ajar.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in to one rule: counts and rates by source, with some places kept for sources that have none. For several
 * threads.
 */
public final class Admission {
    /** A source is remembered until its bucket is full again; beyond so many nobody new comes in for a moment. */
    private static final int MOST_SOURCES = 65_536;

    /** One of so many places is kept for newcomers. */
    private static final int KEPT = 20;

    private static final int BURST = 3;

    private static final Optional<Refusal> WELCOME = Optional.empty();

    private static final class SourceState {
        private final TokenBucket rate;
        private int present;

        SourceState(TokenBucket rate) {
            this.rate = rate;
        }
    }

    private RelayLimits limits;
    private final ConnectionLimit connectionLimit;
    private final Map<ClientSource, SourceState> guests = new HashMap<>();
    private TokenBucket all;
    private int present;

    /** @param connectionLimit what all rules share */
    public Admission(RelayLimits limits, ConnectionLimit connectionLimit, long now) {
        this.limits = limits;
        this.connectionLimit = connectionLimit;
        this.all = bucketOfAll(now);
    }

    private TokenBucket bucketOfAll(long now) {
        return new TokenBucket(limits.rateOfAll(), limits.rateOfAll() * (long) BURST, now);
    }

    /** Other limits from now on; whoever is in stays. */
    public synchronized void change(RelayLimits fresh, long now) {
        if (fresh.rate() != limits.rate()) {
            guests.values().removeIf(sourceState -> sourceState.present == 0);
        }
        limits = fresh;
        all = bucketOfAll(now);
    }

    /** @return why not; empty where it is in, and {@link #leave} is to be called when it goes */
    public synchronized Optional<Refusal> enter(ClientSource source, long now) {
        int most = limits.maxConnections();
        SourceState sourceState = guests.get(source);
        int its = sourceState == null ? 0 : sourceState.present;
        if (its >= limits.perSource()) {
            return Optional.of(Refusal.TOO_MANY_OF_ONE);
        }
        if (sourceState == null) {
            if (guests.size() >= MOST_SOURCES) {
                return Optional.of(Refusal.TOO_FAST);
            }
            sourceState = new SourceState(new TokenBucket(limits.rate(), limits.rate() * (long) BURST, now));
            guests.put(source, sourceState);
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
        return WELCOME;
    }

    /** The same for one that has just been told {@link Refusal#FULL}, once there is room: its turn has been counted. */
    public synchronized Optional<Refusal> enterAfterAll(ClientSource source) {
        SourceState sourceState = guests.get(source);
        if (sourceState == null
                || present >= limits.maxConnections()
                || !connectionLimit.take(sourceState.present == 0)) {
            return Optional.of(Refusal.FULL);
        }
        present++;
        sourceState.present++;
        return WELCOME;
    }

    /** How many are here from {@code source}. */
    public synchronized int presentFrom(ClientSource source) {
        SourceState sourceState = guests.get(source);
        return sourceState == null ? 0 : sourceState.present;
    }

    public synchronized void leave(ClientSource source) {
        present--;
        connectionLimit.giveBack();
        SourceState sourceState = guests.get(source);
        if (sourceState != null && sourceState.present > 0) {
            sourceState.present--;
            if (sourceState.present == 0 && limits.rate() == 0) {
                guests.remove(source);
            }
        }
    }

    /** To be called now and then: forgets sources that are gone. */
    public synchronized void forget(long now) {
        guests.values().removeIf(sourceState -> sourceState.present == 0 && sourceState.rate.isFull(now));
    }

    public synchronized int present() {
        return present;
    }

    synchronized int sources() {
        return guests.size();
    }
}
