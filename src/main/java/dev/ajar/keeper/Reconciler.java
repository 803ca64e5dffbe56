package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every reason for touching a router is in this file. Pure: what is known in, what to do next out. */
final class Reconciler {
    /** Long enough to be no burden, short enough to notice what nobody tells. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** So that a slow router does not keep everybody else waiting. */
    private static final int MOST_AT_ONCE = 8;

    Plan plan(Book book, Duration now) {
        Soonest soonest = new Soonest(now);
        end(book, soonest);
        feel(book, soonest);
        renew(book, soonest);
        // What is to go may stand in the way of what is to come.
        remove(book, soonest);
        open(book, soonest);
        look(book, soonest);
        return soonest.plan();
    }

    /** The first thing that is due, and the time of the next that is not. */
    private static final class Soonest {
        private final Duration now;
        private Duration next;
        private Optional<Step> due = Optional.empty();

        Soonest(Duration now) {
            this.now = now;
            this.next = now.plus(IDLE);
        }

        boolean isDue(Duration moment) {
            if (moment.compareTo(now) <= 0) {
                return due.isEmpty();
            }
            next = moment.compareTo(next) < 0 ? moment : next;
            return false;
        }

        void take(Step step) {
            due = Optional.of(step);
        }

        Plan plan() {
            return new Plan(due, due.isPresent() ? now : next);
        }
    }

    /** A lease that nobody extended is over, whatever else its gateway answers. */
    private static void end(Book book, Soonest soonest) {
        for (Kept kept : book.kept()) {
            if (kept.standing() instanceof Standing.Open open
                    && open.endsAt().filter(soonest::isDue).isPresent()) {
                soonest.take(new Step.End(kept, open));
            }
        }
    }

    /** Whether the gateway is there comes before all that would be asked of it. */
    private static void feel(Book book, Soonest soonest) {
        for (Map.Entry<GatewayId, Watch> entry : book.watches().entrySet()) {
            if (soonest.isDue(entry.getValue().nextAt())) {
                List<Kept> there = book.openOn(entry.getKey());
                soonest.take(
                        entry.getValue().isSilent()
                                ? new Step.Seek(entry.getKey(), there)
                                : new Step.Feel(entry.getKey()));
            }
        }
    }

    private static void renew(Book book, Soonest soonest) {
        for (Kept kept : book.kept()) {
            if (kept.standing() instanceof Standing.Open open
                    && isHeard(book, open.lease())
                    && open.renewAt().filter(soonest::isDue).isPresent()) {
                soonest.take(new Step.Renew(kept, open));
            }
        }
    }

    /** A gateway that is silent is sought, and not asked for each of its mappings. */
    private static boolean isHeard(Book book, Lease lease) {
        Watch watch = book.watches().get(lease.claim().gateway());
        return watch == null || !watch.isSilent();
    }

    /** One search serves all that want the same gateway and may be asked for by now. */
    private static void open(Book book, Soonest soonest) {
        for (Kept kept : book.kept()) {
            if (kept.standing() instanceof Standing.Absent absent && soonest.isDue(absent.dueAt())) {
                soonest.take(new Step.Open(alike(book, kept, soonest.now)));
            }
        }
    }

    private static List<Kept> alike(Book book, Kept first, Duration now) {
        List<Kept> group = new ArrayList<>();
        for (Kept other : book.kept()) {
            boolean due = other.standing() instanceof Standing.Absent absent
                    && absent.dueAt().compareTo(now) <= 0;
            boolean alike = other.wish().selection().equals(first.wish().selection());
            if (due && alike && group.size() < MOST_AT_ONCE) {
                group.add(other);
            }
        }
        return group;
    }

    private static void remove(Book book, Soonest soonest) {
        for (Leaver leaver : book.leavers()) {
            if (soonest.isDue(leaver.dueAt())) {
                soonest.take(new Step.Remove(leaver));
            }
        }
    }

    private static void look(Book book, Soonest soonest) {
        for (Kept kept : book.kept()) {
            if (kept.standing() instanceof Standing.Open open
                    && isHeard(book, open.lease())
                    && soonest.isDue(open.lookAt())) {
                soonest.take(new Step.Look(kept, open));
            }
        }
    }
}
