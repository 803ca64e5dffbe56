package dev.ajar.mapping;

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
 * Closes mappings of the same port that admit other sources than the new one: a port that is open to all stays open to all
 * if it is opened for one host as well.
 */
final class NarrowedAccess {
    private final GatewaySource gateways;
    private final Gateway gateway;
    private final Timeline timeline;
    private final Deadline deadline;

    NarrowedAccess(GatewaySource gateways, Gateway gateway, Timeline timeline, Deadline deadline) {
        this.gateways = gateways;
        this.gateway = gateway;
        this.timeline = timeline;
        this.deadline = deadline;
    }

    /** The state without the mappings that were closed; or why one could not be closed, or is still desired. */
    Result<Snapshot> before(List<Mapping> mappings, Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (Mapping mapping : mappings) {
            Claim wanted = gateway.claim(mapping, Optional.empty());
            for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
                if (conflicts(mappingRecord, wanted)) {
                    if (snapshot.isWanted(mappingRecord)) {
                        return Result.err(openForOthers(mappingRecord));
                    }
                    Optional<Failure> failure = remove(mappingRecord);
                    if (failure.isPresent()) {
                        return Result.err(failure.get());
                    }
                    rest = rest.withoutThis(mappingRecord);
                }
            }
        }
        return Result.ok(rest);
    }

    /** An expired mapping does not conflict, nor does one on another router that had the same address. */
    private boolean conflicts(MappingRecord mappingRecord, Claim wanted) {
        boolean samePlace = switch (mappingRecord.claim().ipVersion()) {
            case IPV4 -> isSamePlace(mappingRecord, wanted);
            case IPV6 -> isSamePinhole(mappingRecord, wanted);
        };
        boolean otherRouter = mappingRecord
                        .claim()
                        .gateway()
                        .address()
                        .equals(gateway.info().id().address())
                && !mappingRecord.claim().gateway().isSameBox(gateway.info().id());
        return samePlace
                && mappingRecord.protocol() == wanted.mapping().protocol()
                && !mappingRecord
                        .claim()
                        .mapping()
                        .remote()
                        .equals(wanted.mapping().remote())
                && !mappingRecord.hasExpired(timeline.instant())
                && !otherRouter;
    }

    private static boolean isSamePlace(MappingRecord mappingRecord, Claim wanted) {
        return wanted.ipVersion() == IpVersion.IPV4
                ? mappingRecord.claim().internal().equals(wanted.internal())
                        || mappingRecord.externalPort().equals(wanted.externalPort())
                : isWider(mappingRecord, wanted);
    }

    private static boolean isSamePinhole(MappingRecord mappingRecord, Claim wanted) {
        return wanted.ipVersion() == IpVersion.IPV6
                ? mappingRecord.claim().internal().equals(wanted.internal())
                : isWider(mappingRecord, wanted);
    }

    /** Over the other IP version, open to all, and pending removal. */
    private static boolean isWider(MappingRecord mappingRecord, Claim wanted) {
        return mappingRecord.leaving()
                && mappingRecord.claim().mapping().remote().isEmpty()
                && mappingRecord
                        .claim()
                        .mapping()
                        .externalPort()
                        .equals(wanted.mapping().externalPort());
    }

    private static Failure openForOthers(MappingRecord mappingRecord) {
        return new Failure.Conflict(
                Message.of(
                        "mapping.open-for-others",
                        "port",
                        mappingRecord.claim().mapping().label(),
                        "external",
                        mappingRecord.claim().mapping().externalPort()),
                Optional.of(mappingRecord.claim().internal()),
                Optional.empty());
    }

    private Optional<Failure> remove(MappingRecord mappingRecord) {
        boolean here = mappingRecord.claim().gateway().equals(gateway.info().id());
        Result<Gateway> there = here ? Result.ok(gateway) : gateways.reopen(mappingRecord.claim(), deadline);
        return switch (there) {
            case Result.Err<Gateway>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Gateway>(Gateway found) ->
                switch (new Removal(gateways, deadline).of(mappingRecord, found, timeline.instant())) {
                    case Removal.RemovalOutcome.Removed ignored -> Optional.empty();
                    case Removal.RemovalOutcome.NotThere ignored -> Optional.empty();
                    case Removal.RemovalOutcome.Failed(Failure failure) -> Optional.of(failure);
                };
        };
    }
}
