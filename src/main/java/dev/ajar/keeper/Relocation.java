package dev.ajar.keeper;

import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.state.HandMade;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.Wish;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What another address of this machine, or another way to the internet, means for what is open. */
final class Relocation {
    private static final String MOVED = "this machine has another address now";
    private static final String REROUTED = "the way to the internet leads through another router now";

    private final Book book;
    private final Mandate mandate;
    private final Surroundings surroundings;
    private final Timeline timeline;
    private final Consumer<KeeperEvent> events;

    Relocation(Book book, Mandate mandate, Surroundings surroundings, Timeline timeline, Consumer<KeeperEvent> events) {
        this.book = book;
        this.mandate = mandate;
        this.surroundings = surroundings;
        this.timeline = timeline;
        this.events = events;
    }

    /**
     * The notes as they stand after a move: what leads to an address this machine no longer has leads nowhere, or to
     * somebody else; what a router holds that nothing comes through any more is of no use.
     */
    Snapshot of(Snapshot snapshot) {
        Snapshot after = snapshot;
        for (Holding holding : snapshot.holdings()) {
            boolean stale = mandate.concerns(snapshot, holding)
                    && (isElsewhere(holding.claim()) || isOffTheWay(snapshot, holding));
            after = stale ? after.with(holding.thatLeaves()) : after;
        }
        for (Kept kept : List.copyOf(book.kept())) {
            if (kept.standing() instanceof Standing.Open open) {
                Claim claim = open.lease().claim();
                if (isElsewhere(claim)) {
                    lose(kept, MOVED);
                } else if (isOffTheWay(kept.wish(), claim)) {
                    lose(kept, REROUTED);
                }
            }
        }
        tellAstray(after);
        return after;
    }

    /** The notes with what routers in front forward to the inner one leading to the address it has now. */
    Snapshot readdressed(Snapshot snapshot) {
        if (book.readdressed().isEmpty()) {
            return snapshot;
        }
        Snapshot after = snapshot;
        for (Wish wish : snapshot.wishes()) {
            if (mandate.includes(wish.owner())
                    && wish.mapping().target() instanceof Target.InnerRouter(InetAddress far, Port port)
                    && book.readdressed().containsKey(far)) {
                InetAddress now = book.readdressed().getOrDefault(far, far);
                after = after.with(new Wish(
                        wish.mapping().to(new Target.InnerRouter(now, port)),
                        wish.selection(),
                        wish.owner(),
                        wish.madeAt(),
                        wish.until()));
            }
        }
        book.readdressed().clear();
        return after;
    }

    private void lose(Kept kept, String why) {
        events.accept(new KeeperEvent.Lost(kept.wish(), why));
        book.put(kept.standing(new Standing.Absent(timeline.elapsed(), 0, true, Optional.empty())));
    }

    /** Whether it leads to an address of this machine that it no longer has. */
    boolean isElsewhere(Claim claim) {
        return surroundings
                .network()
                .towards(claim.gateway().address())
                .map(LocalRoute::localAddress)
                .filter(claim::isAstray)
                .isPresent();
    }

    private boolean isOffTheWay(Snapshot snapshot, Holding holding) {
        return snapshot.wishes().stream()
                .filter(wish -> mandate.includes(wish.owner()))
                .anyMatch(wish -> isOffTheWay(wish, holding.claim()));
    }

    /** A gateway that somebody named stays the one, wherever the way leads. */
    private boolean isOffTheWay(Wish wish, Claim claim) {
        return wish.selection().gateway().isEmpty()
                && wish.selection().location().isEmpty()
                && wish.isServedBy(claim)
                && surroundings
                        .formerGateway()
                        .equals(Optional.of(claim.gateway().address()));
    }

    /** What was made by hand only a hand can change. */
    private void tellAstray(Snapshot snapshot) {
        Optional<InetAddress> now = surroundings.network().routes().stream()
                .filter(route -> route.gateway().isPresent())
                .map(LocalRoute::localAddress)
                .findFirst();
        for (HandMade rule : snapshot.handMade()) {
            now.filter(rule::isAstray)
                    .ifPresent(address -> events.accept(new KeeperEvent.HandMadeAstray(rule, address)));
        }
    }
}
