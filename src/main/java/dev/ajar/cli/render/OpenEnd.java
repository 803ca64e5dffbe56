package dev.ajar.cli.render;

import dev.ajar.message.Message;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
public record OpenEnd(Optional<Duration> stay, Optional<String> keeper, ZoneId zone) {
    /** For shorter times, the seconds count. */
    private static final Duration SOON = Duration.ofMinutes(3);

    List<Message> remarks(List<Lease> leases) {
        List<Message> remarks = new ArrayList<>();
        leases.stream()
                .filter(OpenEnd::isShortened)
                .map(lease -> lease.granted().text())
                .distinct()
                .forEach(time -> remarks.add(Message.of("show.not-permanent", "lease", time)));
        if (keeper.isPresent()) {
            closedByKeeper(leases).ifPresent(remarks::add);
            return remarks;
        }
        Optional<Lease> longest = stay.flatMap(
                time -> leases.stream().filter(lease -> isLonger(lease, time)).max(byEnd()));
        Optional<Lease> soonest =
                leases.stream().filter(lease -> lease.expiresAt().isPresent()).min(byEnd());
        if (longest.isPresent()) {
            remarks.add(Message.of(
                    "show.closes-later",
                    "lease",
                    longest.get().granted().text(),
                    "time",
                    shown(longest.get().grantedAt(), end(longest.get()))));
        } else if (soonest.isPresent()) {
            boolean asAsked = stay.filter(time -> lasts(soonest.get(), time)).isPresent();
            String time = shown(soonest.get().grantedAt(), end(soonest.get()));
            remarks.add(
                    asAsked ? Message.of("show.closes", "time", time) : Message.of("show.not-renewed", "time", time));
        }
        return remarks;
    }

    private Optional<Message> closedByKeeper(List<Lease> leases) {
        return stay.flatMap(time -> leases.stream()
                .map(Lease::grantedAt)
                .max(Comparator.naturalOrder())
                .map(begin -> Message.of("show.closes", "time", shown(begin, begin.plus(time)))));
    }

    private static Comparator<Lease> byEnd() {
        return Comparator.comparing(OpenEnd::end);
    }

    private static Instant end(Lease lease) {
        return lease.expiresAt().orElse(Instant.MAX);
    }

    /** Whether the router gave an end to what was to have none. */
    private static boolean isShortened(Lease lease) {
        return lease.claim().mapping().lease() instanceof LeaseDuration.Permanent
                && lease.granted() instanceof LeaseDuration.Finite;
    }

    /** Whether the router keeps it open for longer than the user wants. */
    private static boolean isLonger(Lease lease, Duration time) {
        return lease.granted() instanceof LeaseDuration.Finite(Duration granted) && granted.compareTo(time) > 0;
    }

    private static boolean lasts(Lease lease, Duration time) {
        return lease.granted() instanceof LeaseDuration.Finite(Duration granted) && granted.compareTo(time) >= 0;
    }

    /** With its date, if that is another day. */
    private String shown(Instant now, Instant end) {
        boolean sameDay = now.atZone(zone).toLocalDate().equals(end.atZone(zone).toLocalDate());
        boolean soon = Duration.between(now, end).compareTo(SOON) < 0;
        String format = soon ? "HH:mm:ss" : sameDay ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return DateTimeFormatter.ofPattern(format, Locale.ROOT).format(end.atZone(zone));
    }
}
