package dev.ajar.keeper;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** When announcements of gateways are handled. Any device can forge one, so not often. */
final class Announcements {
    /** The shortest time between two reactions. */
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private static final int MOST_POSTPONED = 16;

    private Optional<Duration> last = Optional.empty();

    /** The gateways whose announcements came too soon after the last, or in the middle of an exchange with them. */
    private final Set<InetAddress> postponed = new LinkedHashSet<>();

    /** When the next one may be handled. */
    private Duration from() {
        return last.map(at -> at.plus(BETWEEN)).orElse(Duration.ZERO);
    }

    /**
     * Whether to handle it now; otherwise it is postponed.
     *
     * @param busy whether an exchange with that gateway is under way, whose answer may be from before the announcement
     */
    boolean mayHandle(InetAddress gateway, Duration now, boolean busy) {
        if (busy || from().compareTo(now) > 0) {
            if (postponed.size() < MOST_POSTPONED) {
                postponed.add(gateway);
            }
            return false;
        }
        last = Optional.of(now);
        return true;
    }

    /** The postponed ones that are to be handled now: an announcement that came too early may be of another restart. */
    List<InetAddress> due(Duration now, Predicate<InetAddress> busy) {
        if (from().compareTo(now) > 0) {
            return List.of();
        }
        List<InetAddress> due =
                postponed.stream().filter(gateway -> !busy.test(gateway)).toList();
        due.forEach(postponed::remove);
        last = due.isEmpty() ? last : Optional.of(now);
        return due;
    }

    /** When a postponed one is due, if there is one. */
    Optional<Duration> next() {
        return postponed.isEmpty() ? Optional.empty() : Optional.of(from());
    }
}
