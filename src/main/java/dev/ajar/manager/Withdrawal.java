package dev.ajar.manager;

import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what is open to the same port for others than are wanted now: a port that everybody may use does not become
 * that of one host by opening it for that host as well.
 */
final class Withdrawal {
    private final Gateways gateways;
    private final Gateway gateway;
    private final Timeline timeline;
    private final Deadline deadline;

    Withdrawal(Gateways gateways, Gateway gateway, Timeline timeline, Deadline deadline) {
        this.gateways = gateways;
        this.gateway = gateway;
        this.timeline = timeline;
        this.deadline = deadline;
    }

    /** The notes without what was taken back; or why it could not be. */
    Result<Snapshot> before(List<Mapping> mappings, Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (Mapping mapping : mappings) {
            Claim wanted = gateway.claim(mapping, Optional.empty());
            for (Holding holding : snapshot.holdings()) {
                if (isInTheWay(holding, wanted)) {
                    if (snapshot.isWanted(holding)) {
                        return Result.err(wantedOtherwise(holding));
                    }
                    Optional<Failure> failure = remove(holding);
                    if (failure.isPresent()) {
                        return Result.err(failure.get());
                    }
                    rest = rest.withoutThis(holding);
                }
            }
        }
        return Result.ok(rest);
    }

    /** What has run out, or was made on a router that is not here any more, is in nobody's way. */
    private boolean isInTheWay(Holding holding, Claim wanted) {
        boolean samePlace = switch (holding.claim().family()) {
            case IPV4 -> isSamePlace(holding, wanted);
            case IPV6 -> isSameHole(holding, wanted);
        };
        boolean anotherBox =
                holding.claim().gateway().address().equals(gateway.info().id().address())
                        && !holding.claim().gateway().isSameBox(gateway.info().id());
        return samePlace
                && holding.protocol() == wanted.mapping().protocol()
                && !holding.claim().mapping().remote().equals(wanted.mapping().remote())
                && !holding.hasExpired(timeline.instant())
                && !anotherBox;
    }

    private static boolean isSamePlace(Holding holding, Claim wanted) {
        return wanted.family() == Family.IPV4
                ? holding.claim().internal().equals(wanted.internal())
                        || holding.externalPort().equals(wanted.externalPort())
                : isWider(holding, wanted);
    }

    private static boolean isSameHole(Holding holding, Claim wanted) {
        return wanted.family() == Family.IPV6
                ? holding.claim().internal().equals(wanted.internal())
                : isWider(holding, wanted);
    }

    /** By the other version of IP, open to everybody, and nobody's wish any more. */
    private static boolean isWider(Holding holding, Claim wanted) {
        return holding.leaving()
                && holding.claim().mapping().remote().isEmpty()
                && holding.claim()
                        .mapping()
                        .externalPort()
                        .equals(wanted.mapping().externalPort());
    }

    private static Failure wantedOtherwise(Holding holding) {
        return new Failure.Conflict(
                holding.claim().mapping().label()
                        + " is kept open for others already; close that first: ajar close "
                        + holding.claim().mapping().externalPort(),
                Optional.of(holding.claim().internal()),
                Optional.empty());
    }

    private Optional<Failure> remove(Holding holding) {
        boolean here = holding.claim().gateway().equals(gateway.info().id());
        Result<Gateway> there = here ? Result.ok(gateway) : gateways.reopen(holding.claim(), deadline);
        return switch (there) {
            case Result.Err<Gateway>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Gateway>(Gateway found) ->
                switch (new Removal(gateways, deadline).of(holding, found, timeline.instant())) {
                    case Removal.Outcome.Removed ignored -> Optional.empty();
                    case Removal.Outcome.NotThere ignored -> Optional.empty();
                    case Removal.Outcome.Failed(Failure failure) -> Optional.of(failure);
                };
        };
    }
}
