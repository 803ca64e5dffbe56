package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * Closes mappings of the same port that admit other sources than the new one: a port that is open to all stays open to
 * all if it is opened for one host as well.
 */
public final class NarrowedAccess {
    private final GatewaySource gateways;
    private final Gateway gateway;
    private final Timeline timeline;
    private final Deadline deadline;

    public NarrowedAccess(GatewaySource gateways, Gateway gateway, Timeline timeline, Deadline deadline) {
        this.gateways = gateways;
        this.gateway = gateway;
        this.timeline = timeline;
        this.deadline = deadline;
    }

    /** The state without the mappings that were closed; or why one could not be closed, or is still desired. */
    public Result<Snapshot> before(List<Mapping> mappings, Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (Mapping mapping : mappings) {
            Claim wanted = gateway.claim(mapping, Optional.empty());
            for (MappingRecord record : snapshot.mappingRecords()) {
                if (conflicts(record, wanted)) {
                    if (snapshot.isWanted(record)) {
                        return Result.err(openForOthers(record));
                    }
                    Optional<Failure> failure = remove(record);
                    if (failure.isPresent()) {
                        return Result.err(failure.get());
                    }
                    rest = rest.withoutThis(record);
                }
            }
        }
        return Result.ok(rest);
    }

    /** An expired mapping does not conflict, nor does one on another router that had the same address. */
    private boolean conflicts(MappingRecord record, Claim wanted) {
        boolean samePlace = switch (record.claim().ipVersion()) {
            case IPV4 -> isSamePlace(record, wanted);
            case IPV6 -> isSamePinhole(record, wanted);
        };
        boolean otherRouter =
                record.claim().gateway().address().equals(gateway.info().id().address())
                        && !record.claim().gateway().isSameBox(gateway.info().id());
        return samePlace
                && record.protocol() == wanted.mapping().protocol()
                && !record.claim().mapping().remote().equals(wanted.mapping().remote())
                && !record.hasExpired(timeline.instant())
                && !otherRouter;
    }

    private static boolean isSamePlace(MappingRecord record, Claim wanted) {
        return wanted.ipVersion() == IpVersion.IPV4
                ? record.claim().internal().equals(wanted.internal())
                        || record.externalPort().equals(wanted.externalPort())
                : isWider(record, wanted);
    }

    private static boolean isSamePinhole(MappingRecord record, Claim wanted) {
        return wanted.ipVersion() == IpVersion.IPV6
                ? record.claim().internal().equals(wanted.internal())
                : isWider(record, wanted);
    }

    /** Over the other IP version, open to all, and pending removal. */
    private static boolean isWider(MappingRecord record, Claim wanted) {
        return record.leaving()
                && record.claim().mapping().remote().isEmpty()
                && record.claim()
                        .mapping()
                        .externalPort()
                        .equals(wanted.mapping().externalPort());
    }

    private static Failure openForOthers(MappingRecord record) {
        return new Failure.Conflict(
                Message.of(
                        "mapping.open-for-others",
                        "port",
                        record.claim().mapping().label(),
                        "external",
                        record.claim().mapping().externalPort()),
                Optional.of(record.claim().internal()),
                Optional.empty());
    }

    private Optional<Failure> remove(MappingRecord record) {
        boolean here = record.claim().gateway().equals(gateway.info().id());
        Result<Gateway> there = here ? Result.ok(gateway) : gateways.reopen(record.claim(), deadline);
        return switch (there) {
            case Result.Err<Gateway>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Gateway>(Gateway found) ->
                switch (new Removal(gateways, deadline).of(record, found, timeline.instant())) {
                    case Removal.RemovalOutcome.Removed ignored -> Optional.empty();
                    case Removal.RemovalOutcome.NotThere ignored -> Optional.empty();
                    case Removal.RemovalOutcome.Failed(Failure failure) -> Optional.of(failure);
                };
        };
    }
}
