package dev.ajar.mapping;

import dev.ajar.gateway.Grant;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;

/** A mapping of ajar's own that has the external port: many routers do not tell who has a port. */
final class OwnInTheWay {
    private OwnInTheWay() {}

    /** The same answer, which names that mapping where it is the reason for a refusal. */
    static Result<Grant> named(Snapshot before, Claim claim, Result<Grant> answer) {
        if (!(answer instanceof Result.Err<Grant>(Failure.Conflict conflict))
                || conflict.holder().isPresent()) {
            return answer;
        }
        return before.mappingRecords().stream()
                .filter(record -> hasPort(record, claim))
                .map(record -> record.claim().internal())
                .filter(inside -> leadsElsewhere(inside, claim.internal()))
                .findFirst()
                .map(inside -> Message.of(
                        "mapping.own-leads-elsewhere",
                        "port",
                        claim.externalPort(),
                        "place",
                        inside,
                        "command",
                        claim.mapping().protocol().typed(claim.externalPort())))
                .<Result<Grant>>map(detail -> Result.err(
                        new Failure.Conflict(detail, conflict.holder(), conflict.offered(), conflict.router())))
                .orElse(answer);
    }

    private static boolean hasPort(MappingRecord record, Claim claim) {
        return record.claim().gateway().isSameBox(claim.gateway())
                && record.protocol() == claim.mapping().protocol()
                && record.externalPort().equals(claim.externalPort())
                && record.claim().ipVersion() == claim.ipVersion();
    }

    /** Another address may be a former one of this machine, of which more is said elsewhere. */
    private static boolean leadsElsewhere(Endpoint inside, Endpoint wanted) {
        return inside.address().equals(wanted.address()) && !inside.equals(wanted);
    }
}
