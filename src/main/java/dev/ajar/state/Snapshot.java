package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is written down. */
public record Snapshot(List<Holding> holdings) {
    public static final Snapshot EMPTY = new Snapshot(List.of());

    /** With {@code holding} in the place of an older one of the same claim. */
    public Snapshot with(Holding holding) {
        List<Holding> all = new ArrayList<>(without(holding).holdings);
        all.add(holding);
        return new Snapshot(List.copyOf(all));
    }

    public Snapshot without(Holding holding) {
        return new Snapshot(
                holdings.stream().filter(known -> !known.isSameClaim(holding.claim())).toList());
    }

    /** Without what the gateways have certainly dropped by themselves. */
    public Snapshot current(Instant now) {
        return new Snapshot(
                holdings.stream().filter(holding -> !holding.isForgettable(now)).toList());
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
}
