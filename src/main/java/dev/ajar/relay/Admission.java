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

    private static final class Guest {
        private final TokenBucket rate;
        private int present;

        Guest(TokenBucket rate) {
            this.rate = rate;
        }
    }

    private RelayLimits limits;
    private final Places places;
    private final Map<Source, Guest> guests = new HashMap<>();
    private TokenBucket all;
    private int present;

    /** @param places what all rules share */
    public Admission(RelayLimits limits, Places places, long now) {
        this.limits = limits;
        this.places = places;
        this.all = bucketOfAll(now);
    }

    private TokenBucket bucketOfAll(long now) {
        return new TokenBucket(limits.rateOfAll(), limits.rateOfAll() * (long) BURST, now);
    }

    /** Other limits from now on; whoever is in stays. */
    public synchronized void change(RelayLimits fresh, long now) {
        if (fresh.rate() != limits.rate()) {
            guests.values().removeIf(guest -> guest.present == 0);
        }
        limits = fresh;
        all = bucketOfAll(now);
    }

    /** @return why not; empty where it is in, and {@link #leave} is to be called when it goes */
    public synchronized Optional<Refusal> enter(Source source, long now) {
        int most = limits.maxConnections();
        Guest guest = guests.get(source);
        int its = guest == null ? 0 : guest.present;
        if (its >= limits.perSource()) {
            return Optional.of(Refusal.TOO_MANY_OF_ONE);
        }
        if (guest == null) {
            if (guests.size() >= MOST_SOURCES) {
                return Optional.of(Refusal.TOO_FAST);
            }
            guest = new Guest(new TokenBucket(limits.rate(), limits.rate() * (long) BURST, now));
            guests.put(source, guest);
        }
        if (!guest.rate.take(now) || !all.take(now)) {
            return Optional.of(Refusal.TOO_FAST);
        }
        boolean full = present >= most || (its > 0 && present >= most - most / KEPT);
        if (full || !places.take(its == 0)) {
            return Optional.of(Refusal.FULL);
        }
        present++;
        guest.present++;
        return WELCOME;
    }

    /** The same for one that has just been told {@link Refusal#FULL}, once there is room: its turn has been counted. */
    public synchronized Optional<Refusal> enterAfterAll(Source source) {
        Guest guest = guests.get(source);
        if (guest == null || present >= limits.maxConnections() || !places.take(guest.present == 0)) {
            return Optional.of(Refusal.FULL);
        }
        present++;
        guest.present++;
        return WELCOME;
    }

    /** How many are here from {@code source}. */
    public synchronized int presentFrom(Source source) {
        Guest guest = guests.get(source);
        return guest == null ? 0 : guest.present;
    }

    public synchronized void leave(Source source) {
        present--;
        places.giveBack();
        Guest guest = guests.get(source);
        if (guest != null && guest.present > 0) {
            guest.present--;
            if (guest.present == 0 && limits.rate() == 0) {
                guests.remove(source);
            }
        }
    }

    /** To be called now and then: forgets sources that are gone. */
    public synchronized void forget(long now) {
        guests.values().removeIf(guest -> guest.present == 0 && guest.rate.isFull(now));
    }

    public synchronized int present() {
        return present;
    }

    synchronized int sources() {
        return guests.size();
    }
}
