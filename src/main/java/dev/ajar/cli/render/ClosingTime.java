package dev.ajar.cli.render;

import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.message.Message;
import dev.ajar.model.LeaseDuration;
import dev.ajar.system.LocalClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When what was opened closes again.
 *
 * @param stay how long the user wants it open; empty until the user closes it
 * @param keeper the process that renews it; empty where none does
 */
public record ClosingTime(Optional<Duration> stay, Optional<Message> keeper, LocalClock clock) {
    /** For shorter times, the seconds count. */
    private static final Duration SOON = Duration.ofMinutes(3);

    /** @param ports that the gateway granted to ajar */
    List<Message> remarks(List<OpenedPort> ports) {
        List<Message> remarks = new ArrayList<>();
        ports.stream()
                .filter(ClosingTime::isShortened)
                .map(port -> granted(port).text())
                .distinct()
                .forEach(time -> remarks.add(Message.of("show.not-permanent", "lease", time)));
        if (keeper.isPresent()) {
            closedByKeeper(ports).ifPresent(remarks::add);
            return remarks;
        }
        Optional<OpenedPort> longest = stay.flatMap(
                time -> ports.stream().filter(port -> isLonger(port, time)).max(byEnd()));
        Optional<OpenedPort> soonest =
                ports.stream().filter(port -> !isPermanent(port)).min(byEnd());
        endedByAjar(ports).ifPresent(remarks::add);
        if (longest.isPresent()) {
            remarks.add(Message.of(
                    "show.closes-later", "lease", granted(longest.get()).text(), "time", shownEnd(longest.get())));
        } else if (soonest.isPresent()) {
            boolean asAsked = stay.filter(time -> lasts(soonest.get(), time)).isPresent();
            if (stay.isPresent() && !asAsked && isLessThanAsked(soonest.get())) {
                remarks.add(Message.of(
                        "show.shortened", "lease", granted(soonest.get()).text()));
            }
            String time = shownEnd(soonest.get());
            remarks.add(
                    asAsked ? Message.of("show.closes", "time", time) : Message.of("show.not-renewed", "time", time));
        }
        return remarks;
    }

    /** Of what the router keeps without an end, and no process is there to close. */
    private Optional<Message> endedByAjar(List<OpenedPort> ports) {
        return stay.flatMap(time -> ports.stream()
                .filter(ClosingTime::isPermanent)
                .flatMap(port -> port.grantedAt().stream())
                .max(Comparator.naturalOrder())
                .map(begin -> Message.of("show.closed-by-renew", "time", shown(begin, begin.plus(time)))));
    }

    private Optional<Message> closedByKeeper(List<OpenedPort> ports) {
        return stay.flatMap(time -> ports.stream()
                .flatMap(port -> port.grantedAt().stream())
                .max(Comparator.naturalOrder())
                .map(begin -> Message.of("show.closes", "time", shown(begin, begin.plus(time)))));
    }

    private static LeaseDuration granted(OpenedPort port) {
        return port.granted().orElse(LeaseDuration.PERMANENT);
    }

    private static boolean isPermanent(OpenedPort port) {
        return granted(port) instanceof LeaseDuration.Permanent;
    }

    /** Written out: a combinator of {@link Comparator} is linked anew at each start. */
    private static Comparator<OpenedPort> byEnd() {
        return (a, b) -> end(a).compareTo(end(b));
    }

    private static Instant end(OpenedPort port) {
        return port.reported().expiresAt().orElse(Instant.MAX);
    }

    /** Whether the router gave an end to what was to have none. */
    private static boolean isShortened(OpenedPort port) {
        return port.wanted().lease() instanceof LeaseDuration.Permanent && !isPermanent(port);
    }

    private static boolean isLessThanAsked(OpenedPort port) {
        return port.wanted().lease() instanceof LeaseDuration.Finite(Duration asked)
                && granted(port) instanceof LeaseDuration.Finite(Duration granted)
                && granted.compareTo(asked) < 0;
    }

    /** Whether the router keeps it open for longer than the user wants. */
    private static boolean isLonger(OpenedPort port, Duration time) {
        return granted(port) instanceof LeaseDuration.Finite(Duration granted) && granted.compareTo(time) > 0;
    }

    private static boolean lasts(OpenedPort port, Duration time) {
        return granted(port) instanceof LeaseDuration.Finite(Duration granted) && granted.compareTo(time) >= 0;
    }

    private String shownEnd(OpenedPort port) {
        return shown(port.grantedAt().orElseGet(() -> end(port)), end(port));
    }

    /** With its date, if that is another day. */
    private String shown(Instant now, Instant end) {
        boolean sameDay = clock.at(now).toLocalDate().equals(clock.at(end).toLocalDate());
        boolean soon = Duration.between(now, end).compareTo(SOON) < 0;
        String format = soon ? "HH:mm:ss" : sameDay ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return DateTimeFormatter.ofPattern(format, Locale.ROOT).format(clock.at(end));
    }
}
