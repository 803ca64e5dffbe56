package dev.ajar.keeper;

import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.Wish;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings the book up to what the notes say: other processes write them too, and so did we before we were restarted. */
final class Adoption {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Book book;
    private final Mandate mandate;
    private final Timeline timeline;
    private final Verdicts verdicts;
    private Optional<Snapshot> adopted = Optional.empty();

    Adoption(Book book, Mandate mandate, Timeline timeline, Verdicts verdicts) {
        this.book = book;
        this.mandate = mandate;
        this.timeline = timeline;
        this.verdicts = verdicts;
    }

    /** Without the wishes whose time or whose owner has come to an end; what they had open is to be removed. */
    Snapshot ended(Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (Wish wish : snapshot.wishes()) {
            if (wish.hasEnded(timeline.instant()) || mandate.hasEnded(wish.owner())) {
                rest = rest.ended(wish);
            }
        }
        return rest;
    }

    void adopt(Snapshot snapshot) {
        if (adopted.filter(snapshot::equals).isPresent()) {
            return;
        }
        Map<Port, List<Holding>> before = byPort(adopted.orElse(Snapshot.EMPTY));
        Map<Port, List<Holding>> noted = byPort(snapshot);
        adopted = Optional.of(snapshot);
        List<Wish> named = snapshot.namingGateways();
        List<Kept> now = new ArrayList<>();
        for (Wish wish : snapshot.wishes()) {
            if (mandate.includes(wish.owner())) {
                now.add(kept(wish, leasesOf(wish, noted, named), leasesOf(wish, before, named)));
            }
        }
        book.replaceAll(now);
        for (Kept kept : now) {
            if (kept.standing() instanceof Standing.Open open) {
                watch(open);
            }
        }
        adoptLeavers(snapshot);
    }

    private static Map<Port, List<Holding>> byPort(Snapshot snapshot) {
        return snapshot.holdings().stream()
                .filter(holding -> !holding.leaving())
                .collect(Collectors.groupingBy(Adoption::key));
    }

    private static Port key(Holding holding) {
        return holding.isPinhole()
                ? holding.claim().internal().port()
                : holding.claim().mapping().externalPort();
    }

    private static List<Lease> leasesOf(Wish wish, Map<Port, List<Holding>> byPort, List<Wish> named) {
        Port key = switch (wish.selection().family()) {
            case IPV4 -> wish.externalPort();
            case IPV6 -> wish.mapping().target().port();
        };
        return byPort.getOrDefault(key, List.of()).stream()
                .filter(holding -> Snapshot.serves(wish, holding, named))
                .flatMap(holding -> holding.lease().stream())
                .sorted(Comparator.comparing(Lease::grantedAt).reversed())
                .toList();
    }

    private Kept kept(Wish wish, List<Lease> noted, List<Lease> before) {
        Optional<Kept> known = book.of(wish).filter(old -> isSame(old.wish(), wish));
        if (known.isEmpty()) {
            return Kept.fresh(wish, fresh(noted.stream().findFirst()));
        }
        Kept old = known.get();
        Kept renamed = new Kept(wish, old.standing(), old.told(), old.reclaims());
        // Somebody else has opened or renewed it meanwhile.
        return noted.stream()
                .filter(lease -> !before.contains(lease) && !isKnown(old, lease))
                .findFirst()
                .map(lease -> renamed.standing(verdicts.open(lease, grantedAt(lease))))
                .orElse(renamed);
    }

    private static boolean isKnown(Kept kept, Lease lease) {
        return kept.standing() instanceof Standing.Open open && open.lease().equals(lease);
    }

    private static boolean isSame(Wish one, Wish other) {
        return one.mapping().equals(other.mapping())
                && one.selection().equals(other.selection())
                && one.owner().equals(other.owner());
    }

    private Standing fresh(Optional<Lease> lease) {
        Duration now = timeline.elapsed();
        Standing.Absent absent = new Standing.Absent(now, 0, lease.isPresent(), Optional.empty());
        if (lease.isEmpty()) {
            return absent;
        }
        Standing.Open open = verdicts.open(lease.get(), grantedAt(lease.get()));
        boolean over = open.endsAt().filter(end -> end.compareTo(now) <= 0).isPresent();
        if (over) {
            return absent;
        }
        if (lease.get().grantedAt().isAfter(timeline.instant())) {
            // The clock has been set back since: how much of it is left cannot be known.
            return open.renewing(Optional.of(now), 0);
        }
        return lease.get().isListed() && age(lease.get()).compareTo(FRESH) > 0 ? open.looking(now, false) : open;
    }

    /** By wall time, the only one that both processes know; it may have jumped, and then we look too early. */
    private Duration age(Lease lease) {
        Duration age = Duration.between(lease.grantedAt(), timeline.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Duration grantedAt(Lease lease) {
        return timeline.elapsed().minus(age(lease));
    }

    /** The epoch noted with the lease tells whether the gateway has lost its table since. */
    private void watch(Standing.Open open) {
        Lease lease = open.lease();
        book.watches().computeIfAbsent(lease.claim().gateway(), id -> {
            Watch watch = Watch.beginning(timeline.elapsed());
            Optional<Watch> read =
                    lease.epoch().map(epoch -> watch.reading(new EpochRule.Reading(epoch, open.grantedAt())));
            return lease.externalAddress().isPresent()
                    ? read.orElse(watch).told(lease.externalAddress())
                    : read.orElse(watch);
        });
    }

    private void adoptLeavers(Snapshot snapshot) {
        List<Holding> leaving =
                snapshot.holdings().stream().filter(Holding::leaving).toList();
        List<Leaver> known = List.copyOf(book.leavers());
        book.leavers().clear();
        for (Holding holding : leaving) {
            book.leavers()
                    .add(known.stream()
                            .filter(old -> old.holding().equals(holding))
                            .findFirst()
                            .orElse(new Leaver(holding, timeline.elapsed(), 0)));
        }
    }
}
