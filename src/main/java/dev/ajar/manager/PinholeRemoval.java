package dev.ajar.manager;

import dev.ajar.discovery.Candidates;
import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.Memory;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Method;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.state.Holding;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Closes a hole that its PCP server will not take back. miniupnpd 2.3.1 forgets the nonce of a hole that was renewed, and
 * refuses its deletion from then on; by UPnP it closes it all the same. Where there is no UPnP, the hole is given the
 * shortest life there is.
 */
final class PinholeRemoval {
    private static final Duration SEARCH = Duration.ofMillis(1500);

    private final Gateways gateways;
    private final Deadline deadline;

    PinholeRemoval(Gateways gateways, Deadline deadline) {
        this.gateways = gateways;
        this.deadline = deadline;
    }

    /** Whether there is another way, given why it did not work. */
    static boolean isFor(Holding holding, Failure failure) {
        return holding.isPinhole()
                && holding.claim().gateway().method() == Method.PCP
                && failure instanceof Failure.Refused;
    }

    Result<Gateway.Removed> remove(Holding holding, Gateway pcp, Failure refusal) {
        Selection upnp = new Selection(Set.of(Method.UPNP), Optional.empty(), Optional.empty(), Family.IPV6);
        try (Candidates search = gateways.search(upnp, deadline.within(SEARCH))) {
            Optional<Gateway> firewall = search.next(Set.of());
            if (firewall.isPresent()) {
                // A filter is not obeyed by those that have this fault: the hole is everybody's.
                Claim same = firewall.get()
                        .claim(holding.claim().mapping(), Optional.empty())
                        .from(Optional.empty());
                boolean ours = same.internal().equals(holding.claim().internal());
                if (ours
                        && firewall.get().unmap(same, holding.externalPort(), deadline)
                                instanceof Result.Ok<Gateway.Removed> removed) {
                    return removed;
                }
            }
        }
        return Result.err(cutShort(holding, pcp).orElse(refusal));
    }

    private Optional<Failure> cutShort(Holding holding, Gateway pcp) {
        Claim claim = holding.claim();
        Claim brief = new Claim(
                claim.mapping().lasting(LeaseDuration.ofSeconds(1)),
                claim.gateway(),
                claim.internal(),
                claim.handle(),
                claim.writtenAt());
        return pcp.map(brief, Memory.NONE, deadline)
                        instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var lessons))
                ? Optional.of(new Failure.Refused(
                        "the router does not take it back, but agreed to let it end in "
                                + lease.granted().text(),
                        Optional.empty()))
                : Optional.empty();
    }
}
