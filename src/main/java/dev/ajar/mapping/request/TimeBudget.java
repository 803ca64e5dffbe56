package dev.ajar.mapping.request;

import dev.ajar.model.Durations;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;

/**
 * The time a command may take.
 *
 * @param search when the first search for a gateway ends; a little over a quarter of the whole
 * @param whole when everything ends; lenient where the user did not ask for less than the usual time
 * @param searchTime how long each search may take
 */
public record TimeBudget(Deadline search, Deadline whole, Duration searchTime) {
    /** With it a search ends after 2.75 s, when a router has had a second to answer each round. */
    public static final Duration DEFAULT = Duration.ofSeconds(10);

    public static TimeBudget of(Timeline timeline, Duration whole) {
        Duration searchTime = Durations.fraction(whole, 11, 40);
        Deadline end = Deadline.after(timeline, whole);
        return new TimeBudget(
                Deadline.after(timeline, searchTime), whole.compareTo(DEFAULT) < 0 ? end : end.leniently(), searchTime);
    }

    /** The end of a search that begins now. */
    public Deadline freshSearch() {
        return whole.within(searchTime);
    }
}
