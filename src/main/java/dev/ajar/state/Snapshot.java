package dev.ajar.state;

import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is written down.
 *
 * @param wishes what is to be kept open
 * @param holdings what ajar has opened, wanted still or not
 * @param lessons how gateways want to be asked
 * @param handMade rules that somebody made on a router's page
 */
public record Snapshot(List<Wish> wishes, List<Holding> holdings, List<Lesson> lessons, List<HandMade> handMade) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), List.of());

    public Snapshot {
        wishes = List.copyOf(wishes);
        holdings = List.copyOf(holdings);
        lessons = List.copyOf(lessons);
        handMade = List.copyOf(handMade);
    }

    /** More gateways than anybody meets in a month. */
    private static final int MOST_LESSONS = 32;

    /**
     * With {@code holding} in the place of an older one of the same claim; and of what another protocol of the same router
     * had granted for the same port, since there is but one entry for it.
     */
    public Snapshot with(Holding holding) {
        List<Holding> all = new ArrayList<>();
        for (Holding known : without(holding).holdings) {
            if (holding.lease().isEmpty() || !known.isSupersededBy(holding)) {
                all.add(known);
            }
        }
        all.add(holding);
        return withHoldings(all);
    }

    public Snapshot without(Holding holding) {
        return withHoldings(holdings.stream()
                .filter(known -> !known.isSameClaim(holding.claim()))
                .toList());
    }

    /** Without that one alone, however much others are like it. */
    public Snapshot withoutThis(Holding holding) {
        return withHoldings(
                holdings.stream().filter(known -> !known.equals(holding)).toList());
    }

    private Snapshot withHoldings(List<Holding> others) {
        return new Snapshot(wishes, others, lessons, handMade);
    }

    /** With {@code wish} in the place of an older one for the same port; what only that one wanted leaves. */
    public Snapshot with(Wish wish) {
        List<Wish> all = new ArrayList<>(without(wish).wishes);
        all.add(wish);
        List<Holding> now = holdings.stream()
                .map(holding -> isServedByOlder(wish, holding) ? holding.thatLeaves() : holding)
                .toList();
        return new Snapshot(all, now, lessons, handMade);
    }

    /**
     * With what the same owner wants for everybody over the other version of IP ended, where {@code wish} is for some
     * alone: who keeps a port for one address does not mean it to stay open to all the others by another way.
     */
    public Snapshot narrowedBy(Wish wish) {
        if (wish.mapping().remote().isEmpty()) {
            return this;
        }
        Snapshot rest = this;
        for (Wish other : wishes) {
            boolean wider = other.mapping().remote().isEmpty()
                    && other.owner().equals(wish.owner())
                    && other.protocol() == wish.protocol()
                    && other.externalPort().equals(wish.externalPort())
                    && other.selection().family() != wish.selection().family();
            rest = wider ? rest.ended(other) : rest;
        }
        return rest;
    }

    private boolean isServedByOlder(Wish wish, Holding holding) {
        return !wish.isServedBy(holding.claim())
                && wishes.stream().anyMatch(old -> old.isSameWish(wish) && old.isServedBy(holding.claim()));
    }

    /** Without {@code wish}, and with what was opened for it to be removed. */
    public Snapshot ended(Wish wish) {
        Snapshot rest = without(wish);
        return rest.withHoldings(holdings.stream()
                .map(holding ->
                        wish.isServedBy(holding.claim()) && !rest.isWanted(holding) ? holding.thatLeaves() : holding)
                .toList());
    }

    public Snapshot without(Wish wish) {
        return new Snapshot(
                wishes.stream().filter(known -> !known.isSameWish(wish)).toList(), holdings, lessons, handMade);
    }

    /** The mapping that was made for {@code wish}, if it is known. */
    public Optional<Holding> of(Wish wish) {
        return holdings.stream()
                .filter(holding -> !holding.leaving() && serves(wish, holding))
                .findFirst();
    }

    /** Whether somebody wants {@code holding}. */
    public boolean isWanted(Holding holding) {
        return wishes.stream().anyMatch(wish -> wish.isServedBy(holding.claim()));
    }

    /**
     * Without what the gateways have certainly dropped by themselves; but with all that is wanted, whatever a clock that
     * may have jumped says of it.
     */
    public Snapshot current(Instant now) {
        boolean nothingToForget = holdings.stream().noneMatch(holding -> holding.isForgettable(now))
                && lessons.stream().noneMatch(lesson -> lesson.isForgettable(now));
        if (nothingToForget) {
            return this;
        }
        return new Snapshot(
                wishes,
                holdings.stream()
                        .filter(holding -> isWanted(holding) || !holding.isForgettable(now))
                        .toList(),
                lessons.stream().filter(lesson -> !lesson.isForgettable(now)).toList(),
                handMade);
    }

    /** What is open on that port: by the name it was asked for, or else as it was granted. */
    public List<Holding> on(Protocol protocol, Port externalPort) {
        List<Holding> there = holdings.stream()
                .filter(holding -> holding.protocol() == protocol)
                .toList();
        boolean named = there.stream().anyMatch(h -> h.isPinhole() && h.isNamed(externalPort));
        return there.stream()
                .filter(holding -> (holding.isPinhole() && named)
                        ? holding.isNamed(externalPort)
                        : holding.externalPort().equals(externalPort))
                .toList();
    }

    /**
     * Whether {@code holding} is what fulfils {@code wish}. One that names no gateway is fulfilled on any, but for those
     * that another wish for the same port names: that one's mapping is not its own.
     */
    public boolean serves(Wish wish, Holding holding) {
        return wish.isServedBy(holding.claim())
                && serves(wish, holding, wish.selection().gateway().isPresent() ? List.of() : namingGateways());
    }

    /**
     * The same, for whoever asks it of many.
     *
     * @param named {@link #namingGateways}
     */
    public static boolean serves(Wish wish, Holding holding, List<Wish> named) {
        return wish.isServedBy(holding.claim())
                && (wish.selection().gateway().isPresent()
                        || named.stream()
                                .noneMatch(other -> other.externalPort().equals(wish.externalPort())
                                        && other.isServedBy(holding.claim())));
    }

    /** The wishes that are for a gateway by its address. */
    public List<Wish> namingGateways() {
        return wishes.stream()
                .filter(wish -> wish.selection().gateway().isPresent())
                .toList();
    }

    public Optional<Holding> of(Claim claim) {
        return holdings.stream().filter(holding -> holding.isSameClaim(claim)).findFirst();
    }

    /** Whether {@code entry}, seen in the table of that gateway, is one of ours. */
    public boolean owns(GatewayId gateway, ObservedMapping entry) {
        return holdings.stream().anyMatch(holding -> holding.matches(gateway, entry));
    }

    /**
     * Whether it is one of ours without doubt, so that it may be replaced.
     *
     * @param here this machine's address on the way to that gateway
     */
    public boolean certainlyOwns(GatewayId gateway, ObservedMapping entry, InetAddress here) {
        return holdings.stream()
                .anyMatch(holding -> holding.matches(gateway, entry) && holding.isProvenBy(entry, here));
    }

    /** In the place of what was known of the same gateway; one without adjustments is only forgotten. */
    public Snapshot with(Lesson lesson) {
        List<Lesson> all = new ArrayList<>();
        if (!lesson.adjustments().isEmpty()) {
            all.add(known(lesson).orElse(lesson));
        }
        lessons.stream()
                .filter(known -> !known.isAbout(lesson.gateway(), lesson.device()))
                .limit(MOST_LESSONS - 1L)
                .forEach(all::add);
        return new Snapshot(wishes, holdings, all, handMade);
    }

    /** The same lesson as it was first learnt: heeding it is no new proof that it is still needed. */
    private Optional<Lesson> known(Lesson lesson) {
        return lessons.stream()
                .filter(old -> old.isAbout(lesson.gateway(), lesson.device()))
                .filter(old -> old.adjustments().equals(lesson.adjustments()))
                .findFirst();
    }

    /** How the gateway at that address wants to be asked, if it is still the same device. */
    public Set<Adjustment> lessons(InetAddress gateway, String device) {
        return lessons.stream()
                .filter(lesson -> lesson.isAbout(gateway, device))
                .findFirst()
                .map(Lesson::adjustments)
                .orElse(Set.of());
    }

    /** With {@code rule} in the place of an older one for the same port. */
    public Snapshot with(HandMade rule) {
        List<HandMade> all = new ArrayList<>(withoutHandMade(rule.protocol(), rule.externalPort()).handMade);
        all.add(rule);
        return new Snapshot(wishes, holdings, lessons, all);
    }

    public Snapshot withoutHandMade(Protocol protocol, Port externalPort) {
        return new Snapshot(
                wishes,
                holdings,
                lessons,
                handMade.stream()
                        .filter(rule -> !rule.isFor(protocol, externalPort))
                        .toList());
    }
}
