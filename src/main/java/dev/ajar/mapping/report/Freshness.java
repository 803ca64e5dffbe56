package dev.ajar.mapping.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When what a report shows was seen.
 *
 * @param reportedAt when the report was made; empty where none was made
 * @param at when the gateway was asked for the report; empty if it was not
 * @param stale whether a router that answers now may tell something else: it was asked too long ago, or does not answer
 * @param confirmed when the gateway last confirmed a mapping of ajar's, by its label
 */
public record Freshness(
        Optional<Instant> reportedAt, Optional<Instant> at, boolean stale, Map<String, Instant> confirmed) {
    /** Nothing was asked. */
    public static final Freshness NEVER = new Freshness(Optional.empty(), Optional.empty(), true, Map.of());

    /** A row that was checked longer ago is stale: the daemon checks each gateway more often. */
    private static final Duration OLD = Duration.ofMinutes(15);

    public Freshness {
        confirmed = Map.copyOf(confirmed);
    }

    /** The gateway has just been asked. */
    public static Freshness of(Instant now) {
        return new Freshness(Optional.of(now), Optional.of(now), false, Map.of());
    }

    /** With what a keeper knows of single mappings. */
    public Freshness with(Map<String, Instant> more) {
        Map<String, Instant> all = new HashMap<>(confirmed);
        more.forEach((label, moment) -> all.merge(label, moment, (one, other) -> one.isAfter(other) ? one : other));
        return new Freshness(reportedAt, at, stale, all);
    }

    /**
     * Nothing was asked for the report.
     *
     * @param last when the gateway was asked last; empty if it never was
     */
    public static Freshness remembered(Instant now, Optional<Instant> last) {
        return new Freshness(Optional.of(now), last, true, Map.of());
    }

    /**
     * When a row was checked last; empty if it never was.
     *
     * @param label {@code tcp 25565}
     * @param shown whether the gateway itself showed the row for the report
     */
    public Optional<Instant> checked(String label, boolean shown) {
        Optional<Instant> own = Optional.ofNullable(confirmed.get(label));
        Optional<Instant> seen = shown ? at : Optional.empty();
        return own.isPresent() && seen.isPresent() && own.get().isBefore(seen.get()) ? seen : own.or(() -> seen);
    }

    /** Whether a row may be out of date, by when it was checked. */
    public boolean isStale(String label, boolean shown) {
        Optional<Instant> moment = checked(label, shown);
        return moment.isEmpty()
                || reportedAt
                        .filter(now -> moment.get().isBefore(now.minus(OLD)))
                        .isPresent();
    }
}
