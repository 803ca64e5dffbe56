package dev.ajar.state;

import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is written down. */
public record Snapshot(List<Holding> holdings, List<Lesson> lessons) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

    /** More gateways than anybody meets in a month. */
    private static final int MOST_LESSONS = 32;

    /** With {@code holding} in the place of an older one of the same claim. */
    public Snapshot with(Holding holding) {
        List<Holding> all = new ArrayList<>(without(holding).holdings);
        all.add(holding);
        return new Snapshot(List.copyOf(all), lessons);
    }

    public Snapshot without(Holding holding) {
        return new Snapshot(
                holdings.stream().filter(known -> !known.isSameClaim(holding.claim())).toList(),
                lessons);
    }

    /** Without what the gateways have certainly dropped by themselves. */
    public Snapshot current(Instant now) {
        return new Snapshot(
                holdings.stream().filter(holding -> !holding.isForgettable(now)).toList(),
                lessons.stream().filter(lesson -> !lesson.isForgettable(now)).toList());
    }

    public List<Holding> on(Protocol protocol, Port externalPort) {
        return holdings.stream()
                .filter(h -> h.protocol() == protocol && h.externalPort().equals(externalPort))
                .toList();
    }

    public Optional<Holding> of(Claim claim) {
        return holdings.stream().filter(holding -> holding.isSameClaim(claim)).findFirst();
    }

    /** Whether {@code entry}, seen in the table of the gateway at that address, is one of ours. */
    public boolean owns(InetAddress gateway, ObservedMapping entry) {
        return holdings.stream().anyMatch(holding -> holding.matches(gateway, entry));
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
        return new Snapshot(holdings, List.copyOf(all));
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
}
