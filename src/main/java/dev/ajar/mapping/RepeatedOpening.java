package dev.ajar.mapping;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A port that is open already is not closed by the gateway's refusal to open it again: what the gateway lists of it
 * counts, and ends when the gateway says, which the refused requests may have changed.
 */
final class RepeatedOpening {
    /** An extension that was made adds half of the lease at least, as no sooner is one asked for. */
    private static final long SHARE = 4;

    private final Gateway gateway;
    private final Snapshot before;
    private final Deadline deadline;

    /** @param before what was open before */
    RepeatedOpening(Gateway gateway, Snapshot before, Deadline deadline) {
        this.gateway = gateway;
        this.before = before;
        this.deadline = deadline;
    }

    Result<Grant> judged(Claim claim, Result<Grant> result) {
        return judged(claim, result, false);
    }

    /**
     * The same of a mapping that is known to be open and was to be extended: refused, unless the gateway lists it with
     * a later end. What is merely still there is no extension, and the user is to be told.
     */
    Result<Grant> judgedExtension(Claim claim, Result<Grant> result) {
        return judged(claim, result, true);
    }

    private Result<Grant> judged(Claim claim, Result<Grant> result, boolean extension) {
        boolean lists = gateway.info().capabilities().contains(Capability.LISTS_MAPPINGS);
        if (!(result instanceof Result.Err<Grant>(Failure failure))
                || failure.isSilence()
                || !lists
                || claim.ipVersion() != IpVersion.IPV4) {
            return result;
        }
        return before.of(claim)
                .filter(record -> !record.hasExpired(claim.writtenAt()))
                // What leads to a former address of this machine does not open the port.
                .filter(record -> record.claim().internal().equals(claim.internal()))
                .flatMap(record -> record.lease()
                        .flatMap(lease -> listed(record, lease, claim.writtenAt())
                                .filter(listed -> !extension || isLater(listed, lease))))
                .<Result<Grant>>map(lease -> Result.ok(new Grant.Granted(lease, Set.of(), failure.router())))
                .orElse(result);
    }

    /** By more than the way of the answers and whole seconds make of the same end. */
    private static boolean isLater(Lease listed, Lease granted) {
        return granted.expiresAt()
                .filter(before -> listed.expiresAt()
                        .filter(after -> !after.isAfter(
                                before.plusSeconds(granted.granted().seconds() / SHARE)))
                        .isEmpty())
                .isPresent();
    }

    private Optional<Lease> listed(MappingRecord record, Lease granted, Instant now) {
        Presence shown = gateway.look(
                granted.protocol(),
                granted.externalPort(),
                granted.claim().mapping().remote(),
                deadline);
        return shown instanceof Presence.Present(ObservedMapping entry)
                        && entry.enabled()
                        && record.matches(gateway.info().id(), entry, now)
                ? Optional.of(asListed(granted, entry, now))
                : Optional.empty();
    }

    /** As it was granted, where the gateway lists no lease. */
    private static Lease asListed(Lease granted, ObservedMapping entry, Instant now) {
        return entry.lease()
                .map(left -> new Lease(
                        granted.claim(),
                        granted.externalPort(),
                        left,
                        now,
                        granted.externalAddress(),
                        granted.epoch(),
                        false,
                        granted.listedAs()))
                .orElse(granted);
    }
}
