package dev.ajar.relay;

import java.util.List;
import java.util.Optional;

/**
 * Decides which clients one rule admits: counts and rates by source and by network. A client whose source has nothing
 * open, a newcomer, gets in at the limit too: the longest idle connection of the largest network ends for it. For
 * several threads.
 */
public final class Admission {
    /** One place in so many is reserved for newcomers, so that most of them get in without ending a connection. */
    private static final int KEPT = 20;

    /** Whether one gets in. */
    public sealed interface Entry {
        /**
         * It does; {@link Admission#leave} has to be called at the end.
         *
         * @param loser the place that was given up for it, which {@link Place#lose} still has to be told
         */
        record In(Place place, Optional<Place> loser) implements Entry {}

        record Out(Refusal why) implements Entry {}
    }

    private RelayLimits limits;
    private final ConnectionLimit connectionLimit;
    private final boolean proven;
    private final PlaceTable places = new PlaceTable();
    private final EntryRate rate;

    /**
     * @param connectionLimit shared by all rules
     * @param proven whether a client's address cannot be forged
     * @param now nanoseconds of a monotonic clock
     */
    public Admission(RelayLimits limits, ConnectionLimit connectionLimit, boolean proven, long now) {
        this.limits = limits;
        this.connectionLimit = connectionLimit;
        this.proven = proven;
        this.rate = new EntryRate(limits, now);
    }

    /** Other limits from now on; connections that exist stay. */
    public void change(RelayLimits fresh, long now) {
        synchronized (connectionLimit) {
            rate.change(fresh, now);
            limits = fresh;
        }
    }

    /** The rates come first: a source that connects too fast must not end another connection. */
    public Entry enter(ClientSource source, long now) {
        synchronized (connectionLimit) {
            int its = places.of(source);
            boolean tooFast = !rate.take(source, now);
            if (its >= limits.perSource()) {
                return new Entry.Out(Refusal.TOO_MANY_OF_ONE);
            }
            if (tooFast) {
                return new Entry.Out(Refusal.TOO_FAST);
            }
            boolean newcomer = its == 0;
            int most = limits.maxConnections();
            boolean full = places.size() >= (newcomer ? most : most - most / KEPT);
            Optional<Place> loser = Optional.empty();
            if (full || !connectionLimit.hasRoom(newcomer)) {
                Admission giver = full ? this : connectionLimit.largest().orElse(this);
                loser = newcomer ? giver.places.victim() : loser;
                if (loser.isEmpty()) {
                    return new Entry.Out(Refusal.FULL);
                }
                giver.remove(loser.get());
            }
            Place place = new Place(source, now, proven);
            places.add(place);
            connectionLimit.taken(this, places.size());
            return new Entry.In(place, loser);
        }
    }

    private void remove(Place place) {
        if (places.remove(place)) {
            connectionLimit.givenBack(this, places.size());
        }
    }

    /** The connection has ended, or lost its place to another. */
    public void leave(Place place) {
        synchronized (connectionLimit) {
            remove(place);
        }
    }

    /** The client's address is known not to be forged. */
    public void prove(Place place) {
        synchronized (connectionLimit) {
            places.prove(place);
        }
    }

    /** Forgets sources without connections; to be called now and then. */
    public void forget(long now) {
        synchronized (connectionLimit) {
            rate.forget(now);
        }
    }

    /** The sources with most connections now, the one with most first; not more than so many. */
    public List<ClientCount> clients(int most) {
        synchronized (connectionLimit) {
            return places.clients(most);
        }
    }

    public int present() {
        synchronized (connectionLimit) {
            return places.size();
        }
    }

    int sources() {
        synchronized (connectionLimit) {
            return rate.size();
        }
    }
}
