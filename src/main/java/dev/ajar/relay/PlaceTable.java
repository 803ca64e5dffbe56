package dev.ajar.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which places are taken, and which of them is given up first. Not for several threads. */
final class PlaceTable {
    /** A network that holds more than one place in so many gives before clients whose address may be forged. */
    private static final int LARGE = 8;

    /** Fewer are no large network, however few places there are. */
    private static final int SMALL = 4;

    private final Map<SourceNetwork, Set<Place>> proven = new HashMap<>();
    private final Map<SourceNetwork, Set<Place>> unproven = new HashMap<>();
    private final Map<ClientSource, Integer> bySource = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    int of(ClientSource source) {
        return bySource.getOrDefault(source, 0);
    }

    /** The sources with most places, the one with most first. */
    List<ClientCount> clients(int most) {
        return bySource.entrySet().stream()
                .sorted(Map.Entry.<ClientSource, Integer>comparingByValue().reversed())
                .limit(most)
                .map(one -> new ClientCount(one.getKey().text(), one.getValue()))
                .toList();
    }

    void add(Place place) {
        size++;
        bySource.merge(place.source(), 1, Integer::sum);
        put(place);
    }

    private void put(Place place) {
        (place.isProven() ? proven : unproven)
                .computeIfAbsent(SourceNetwork.site(place.source()), site -> new LinkedHashSet<>())
                .add(place);
    }

    /** The client's address is known not to be forged. */
    void prove(Place place) {
        if (take(unproven, place)) {
            place.prove();
            put(place);
        }
    }

    /** @return whether it was there */
    boolean remove(Place place) {
        if (!take(place.isProven() ? proven : unproven, place)) {
            return false;
        }
        size--;
        bySource.computeIfPresent(place.source(), (source, count) -> count == 1 ? null : count - 1);
        return true;
    }

    private static boolean take(Map<SourceNetwork, Set<Place>> from, Place place) {
        SourceNetwork site = SourceNetwork.site(place.source());
        Set<Place> there = from.get(site);
        if (there == null || !there.remove(place)) {
            return false;
        }
        if (there.isEmpty()) {
            from.remove(site);
        }
        return true;
    }

    /**
     * The place that goes to a newcomer: of the largest network the one that has been idle longest. Clients whose
     * address may be forged go first, except where one network of others has a large part of all places.
     */
    Optional<Place> victim() {
        return victim(proven, Math.max(SMALL, size / LARGE) + 1)
                .or(() -> victim(unproven, 1))
                .or(() -> victim(proven, 1));
    }

    /** @param atLeast so many places the network must have */
    private static Optional<Place> victim(Map<SourceNetwork, Set<Place>> sites, int atLeast) {
        int most = sites.values().stream().mapToInt(Set::size).max().orElse(0);
        if (most < atLeast) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>();
        for (Set<Place> site : sites.values()) {
            if (site.size() == most) {
                places.addAll(site);
            }
        }
        if (most > 1) {
            places = largest(largest(places, place -> SourceNetwork.home(place.source())), Place::source);
        }
        return places.stream().min(Comparator.comparingLong(Place::lastMoved));
    }

    /** Those of the part with most of them, or of all parts that have as many. */
    private static <T> List<Place> largest(List<Place> places, Function<Place, T> part) {
        Map<T, List<Place>> parts = new HashMap<>();
        places.forEach(place -> parts.computeIfAbsent(part.apply(place), key -> new ArrayList<>(1))
                .add(place));
        int most = parts.values().stream().mapToInt(List::size).max().orElse(0);
        return parts.values().stream()
                .filter(its -> its.size() == most)
                .flatMap(List::stream)
                .toList();
    }
}
