package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.message.Message;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Removes a mapping that ajar opened, after checking that it is still ajar's. */
public final class Removal {
    private final GatewaySource gateways;
    private final RouterTables tables;
    private final Deadline deadline;
    private final boolean forced;

    public Removal(GatewaySource gateways, Deadline deadline) {
        this(gateways, new RouterTables(gateways), deadline);
    }

    /** @param tables that several removals have in common */
    public Removal(GatewaySource gateways, RouterTables tables, Deadline deadline) {
        this(gateways, tables, deadline, false);
    }

    /** @param forced also removes what leads to a former address of this machine and may be another device's by now */
    Removal(GatewaySource gateways, RouterTables tables, Deadline deadline, boolean forced) {
        this.gateways = gateways;
        this.tables = tables;
        this.deadline = deadline;
        this.forced = forced;
    }

    /** The result of a removal. */
    public sealed interface RemovalOutcome {
        record Removed() implements RemovalOutcome {}

        /**
         * The router had no mapping of ajar's there.
         *
         * @param remark what the router showed instead
         * @param closed whether the port is closed; otherwise it leads elsewhere
         */
        record NotThere(Message remark, boolean closed) implements RemovalOutcome {}

        record Failed(Failure failure) implements RemovalOutcome {}
    }

    public RemovalOutcome of(MappingRecord record, Gateway gateway, Instant now) {
        return FormerMapping.is(record, gateway.info(), gateways)
                ? ofFormer(record, gateway, now)
                : ofPresent(record, gateway, now);
    }

    private RemovalOutcome ofPresent(MappingRecord record, Gateway gateway, Instant now) {
        boolean granted = record.isGrantedTo(gateway.info().localAddress(), now);
        Duration begun = deadline.timeline().elapsed();
        Presence first = look(record, gateway);
        // What should still be there is looked for twice: some routers show an entry now and then.
        Presence presence = granted && first instanceof Presence.Absent ? look(record, gateway) : first;
        Instant seen = now.plus(deadline.timeline().elapsed().minus(begun));
        return switch (presence) {
            case Presence.Absent(boolean doubtful) ->
                granted && doubtful ? removedOrGone(record, gateway, now) : absent(record, gateway, now);
            case Presence.Present(ObservedMapping entry)
            when entry.hidesClient() && record.mayBe(entry) ->
                granted
                        ? unmap(record, gateway, now)
                        : untold(Message.of("mapping.client-unreadable", "client", entry.internalClient()));
            case Presence.Present(ObservedMapping entry)
            when !record.matches(gateway.info().id(), entry, seen) -> replaced(entry);
            case Presence.Present ignored -> unmap(record, gateway, now);
            // Where the router does not show the mapping, the state file decides: after the end of the lease, or
            // without a grant, another device may have the port. What can be read of it may show that one has.
            case Presence.Unknown unknown ->
                mayRemoveUnseen(record, unknown, granted) ? unmap(record, gateway, now) : untold(unknown.reason());
        };
    }

    /**
     * Neither look showed it, by errors that need not mean "no such entry". Of what the router has shown before, a
     * refusal of the closing by such an error is believed.
     */
    private RemovalOutcome removedOrGone(MappingRecord record, Gateway gateway, Instant now) {
        RemovalOutcome outcome = unmap(record, gateway, now);
        boolean refused = outcome instanceof RemovalOutcome.Failed(Failure failure) && !failure.isSilence();
        return refused && !record.wasNeverShown() ? absent(record, gateway, now) : outcome;
    }

    /** A record of what may still be there stays, and is tried again. */
    private RemovalOutcome ofFormer(MappingRecord record, Gateway gateway, Instant now) {
        Duration begun = deadline.timeline().elapsed();
        Presence presence = look(record, gateway);
        FormerMapping former =
                new FormerMapping(record, now.plus(deadline.timeline().elapsed().minus(begun)));
        return switch (presence) {
            case Presence.Absent ignored -> absent(record, gateway, now);
            case Presence.Present(ObservedMapping entry)
            when entry.hidesClient() && record.mayBe(entry) && !forced ->
                untold(Message.of("mapping.client-unreadable", "client", entry.internalClient()));
            case Presence.Present(ObservedMapping entry)
            when !(entry.hidesClient() ? record.mayBe(entry) : former.matches(gateway, entry)) -> replaced(entry);
            case Presence.Present(ObservedMapping entry)
            when !forced && !former.isProven(entry, gateway.info().localAddress()) ->
                new RemovalOutcome.Failed(former.unproven());
            case Presence.Present ignored ->
                ofFormer(former, gateway, gateway.unmap(record.claim(), record.externalPort(), deadline), now);
            case Presence.Unknown unknown when record.isKnownByItsPort() && !forced -> untold(unknown.reason());
            case Presence.Unknown ignored ->
                ofFormer(
                        former,
                        gateway,
                        former.removedByTable(tables, forced, deadline)
                                .orElseGet(() -> gateway.unmap(record.claim(), record.externalPort(), deadline)),
                        now);
        };
    }

    private RemovalOutcome ofFormer(
            FormerMapping former, Gateway gateway, Result<Gateway.Removed> result, Instant now) {
        return switch (result) {
            case Result.Ok<Gateway.Removed> ignored -> new RemovalOutcome.Removed();
            case Result.Err<Gateway.Removed>(Failure.FormerAddress told) -> new RemovalOutcome.Failed(told);
            case Result.Err<Gateway.Removed>(Failure failure)
            when failure.isSilence() -> new RemovalOutcome.Failed(failure);
            case Result.Err<Gateway.Removed>(Failure failure) ->
                hasRestarted(former.mapping(), gateway, now)
                        ? new RemovalOutcome.NotThere(Message.of("mapping.router-restarted"), true)
                        : new RemovalOutcome.Failed(former.notClosed(failure));
        };
    }

    /**
     * A rule of a router's own interface may be gone by an earlier removal that was not saved, and is asked for once
     * more. One that its owner led to another port is still open there, and the interface tells so.
     */
    private RemovalOutcome absent(MappingRecord record, Gateway gateway, Instant now) {
        boolean ruled = !gateway.info().method().traits().automatic();
        return ruled && (record.leaving() || isElsewhere(record, gateway))
                ? unmap(record, gateway, now)
                : new RemovalOutcome.NotThere(Message.of("mapping.dropped-already"), true);
    }

    private boolean isElsewhere(MappingRecord record, Gateway gateway) {
        return gateway.list(deadline) instanceof Result.Ok<MappingTable>(MappingTable table)
                && table.entries().stream()
                        .anyMatch(entry ->
                                entry.description().raw().equals(record.claim().entryName()));
    }

    private static RemovalOutcome replaced(ObservedMapping entry) {
        return new RemovalOutcome.NotThere(
                Message.of("mapping.replaced", "internal", entry.internalClient() + ":" + entry.internalPort()), false);
    }

    private static boolean mayRemoveUnseen(MappingRecord record, Presence.Unknown unknown, boolean granted) {
        boolean contradicted =
                !unknown.partial().isEmpty() && unknown.partial().stream().allMatch(record::contradicts);
        return !contradicted && (granted || (unknown.withheld() && !record.isKnownByItsPort()));
    }

    private Presence look(MappingRecord record, Gateway gateway) {
        return gateway.look(
                record.protocol(),
                record.externalPort(),
                record.claim().mapping().remote(),
                deadline);
    }

    private static RemovalOutcome untold(Message reason) {
        return new RemovalOutcome.Failed(
                new Failure.Malformed(Message.of("mapping.owner-unseen", "why", reason), Optional.empty()));
    }

    private RemovalOutcome unmap(MappingRecord record, Gateway gateway, Instant now) {
        Result<Gateway.Removed> result = gateway.unmap(record.claim(), record.externalPort(), deadline);
        if (result instanceof Result.Err<Gateway.Removed>(Failure failure) && PinholeRemoval.isFor(record, failure)) {
            result = new PinholeRemoval(gateways, deadline).remove(record, gateway, failure);
        }
        return switch (result) {
            case Result.Err<Gateway.Removed>(Failure failure) ->
                !failure.isSilence() && hasRestarted(record, gateway, now)
                        ? new RemovalOutcome.NotThere(Message.of("mapping.router-restarted"), true)
                        : new RemovalOutcome.Failed(failure);
            case Result.Ok<Gateway.Removed> ignored -> new RemovalOutcome.Removed();
        };
    }

    /**
     * Whether the router lost its table after it granted the mapping, as its epoch shows. A counter that runs backwards
     * or slowly shows it of what is there, and a wall clock that was set forward as well.
     */
    private boolean hasRestarted(MappingRecord record, Gateway gateway, Instant now) {
        if (!gateway.info().method().traits().hasEpoch()) {
            return false;
        }
        Optional<EpochRule.Reading> granted =
                record.lease().flatMap(Lease::epoch).map(before -> new EpochRule.Reading(before, Duration.ZERO));
        Duration age = record.lease()
                .map(lease -> Duration.between(lease.grantedAt(), now))
                .orElse(Duration.ZERO);
        return granted.isPresent()
                && gateway.checkHealth(deadline) instanceof Result.Ok<HealthCheck>(HealthCheck health)
                && health.epoch()
                        .filter(epoch -> EpochRule.hasBegunAnew(granted.get(), new EpochRule.Reading(epoch, age)))
                        .isPresent();
    }
}
