package dev.ajar.manager;

import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;

import java.util.List;
import java.util.Optional;

/**
 * Takes back what is open to the same port for others than are wanted now: a port that everybody may use does not become
 * that of one host by opening it for that host as well.
 */
final class Withdrawal {
    private final Gateways gateways;
    private final Gateway gateway;
    private final Deadline deadline;

    Withdrawal(Gateways gateways, Gateway gateway, Deadline deadline) {
        this.gateways = gateways;
        this.gateway = gateway;
        this.deadline = deadline;
    }

    /** The notes without what was taken back; or why it could not be. */
    Result<Snapshot> before(List<Mapping> mappings, Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (Mapping mapping : mappings) {
            Claim wanted = gateway.claim(mapping, Optional.empty());
            for (Holding holding : snapshot.holdings()) {
                if (isForOthers(holding, wanted)) {
                    if (remove(holding) instanceof Result.Err<Gateway.Removed>(Failure failure)) {
                        return Result.err(failure);
                    }
                    rest = rest.withoutThis(holding);
                }
            }
        }
        return Result.ok(rest);
    }

    private static boolean isForOthers(Holding holding, Claim wanted) {
        return holding.protocol() == wanted.mapping().protocol()
                && holding.claim().internal().equals(wanted.internal())
                && holding.claim().mapping().externalPort().equals(wanted.mapping().externalPort())
                && !holding.claim().mapping().remote().equals(wanted.mapping().remote());
    }

    private Result<Gateway.Removed> remove(Holding holding) {
        boolean here = holding.claim().gateway().equals(gateway.info().id());
        Result<Gateway> there =
                here ? Result.ok(gateway) : gateways.reopen(holding.claim(), deadline);
        return there.flatMap(found -> remove(holding, found));
    }

    private Result<Gateway.Removed> remove(Holding holding, Gateway found) {
        Result<Gateway.Removed> result =
                found.unmap(holding.claim(), holding.externalPort(), deadline);
        return result instanceof Result.Err<Gateway.Removed>(Failure failure)
                        && PinholeRemoval.isFor(holding, failure)
                ? new PinholeRemoval(gateways, deadline).remove(holding, found, failure)
                : result;
    }
}
