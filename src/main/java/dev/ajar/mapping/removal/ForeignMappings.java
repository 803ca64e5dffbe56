package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.FailureRules;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Closes ports that the state file does not name. A foreign mapping is removed only by force, and only where the
 * gateway shows that it is there.
 */
final class ForeignMappings {
    private final GatewaySource gateways;
    private final GatewaySelector selection;
    private final boolean force;
    private final TimeBudget budget;
    private final Progress progress;
    private Optional<Result<Gateway>> found = Optional.empty();
    private List<ProbeAttempt> attempts = List.of();

    ForeignMappings(
            GatewaySource gateways, GatewaySelector selection, boolean force, TimeBudget budget, Progress progress) {
        this.gateways = gateways;
        this.selection = selection;
        this.force = force;
        this.budget = budget;
        this.progress = progress;
    }

    List<ProbeAttempt> attempts() {
        return attempts;
    }

    CloseOutcome close(CloseRequest wanted) {
        Result<Gateway> gateway = found.orElseGet(this::find);
        found = Optional.of(gateway);
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) -> new CloseOutcome.Failed(wanted, failure);
            case Result.Ok<Gateway>(Gateway there) -> close(wanted, there);
        };
    }

    private Result<Gateway> find() {
        progress.begins(Message.of("mapping.searching"));
        try (GatewayCandidates search = gateways.search(
                gateways.overWhatIsThere(selection), Set.of(Capability.LISTS_MAPPINGS), budget.freshSearch())) {
            Optional<Gateway> gateway =
                    search.next(Set.of(Capability.LISTS_MAPPINGS)).or(() -> search.next(Set.of()));
            attempts = search.attempts();
            return gateway.map(Result::ok)
                    .orElseGet(() -> Result.err(
                            FailureRules.noGateway(search.attempts(), Set.of(), gateways.of(selection.isNamed()))));
        }
    }

    private CloseOutcome close(CloseRequest wanted, Gateway gateway) {
        return switch (gateway.look(wanted.protocol(), wanted.externalPort(), budget.whole())) {
            case Presence.Absent ignored -> new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.nothing-open"));
            case Presence.Present(ObservedMapping entry) ->
                force ? remove(wanted, gateway, entry) : refuse(wanted, gateway, entry);
            case Presence.Unknown unknown -> unseen(wanted, unknown);
        };
    }

    /** A gateway without a list says nothing of the port; one that shows something unreadable may mean this one. */
    private CloseOutcome unseen(CloseRequest wanted, Presence.Unknown unknown) {
        boolean hasNoList = unknown.withheld() && unknown.partial().isEmpty();
        if (hasNoList && !force) {
            return new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.not-ours", "why", unknown.reason()));
        }
        Message detail = Message.of("mapping.unseen-not-closed", "why", unknown.reason());
        return new CloseOutcome.Failed(
                wanted,
                hasNoList
                        ? new Failure.Unsupported(detail, Optional.empty())
                        : new Failure.Malformed(detail, Optional.empty()));
    }

    private CloseOutcome refuse(CloseRequest wanted, Gateway gateway, ObservedMapping entry) {
        String name = entry.description().display();
        String port = wanted.protocol().label(wanted.externalPort());
        String internal = entry.internalClient() + ":" + entry.internalPort();
        boolean byAjar = EntryName.isStandard(name);
        boolean here = Addresses.ipv4(entry.internalClient().raw().strip())
                .filter(client -> client.equals(gateway.info().localAddress()) || gateways.isThisMachine(client))
                .isPresent();
        String key = byAjar
                ? "mapping.foreign-ajar"
                : here
                        ? name.isEmpty() ? "mapping.foreign-here" : "mapping.foreign-here-named"
                        : name.isEmpty() ? "mapping.foreign" : "mapping.foreign-named";
        Message detail = Message.of(key, "port", port, "internal", internal, "name", name);
        Message next = Message.of(byAjar || here ? "mapping.foreign-ajar-next" : "mapping.foreign-next");
        return new CloseOutcome.Failed(wanted, new Failure.Unsafe(detail, next));
    }

    private CloseOutcome remove(CloseRequest wanted, Gateway gateway, ObservedMapping entry) {
        Endpoint internal = new Endpoint(
                Addresses.ipv4(entry.internalClient().raw().strip())
                        .orElse(gateway.info().localAddress()),
                entry.internalPort());
        Mapping mapping = new Mapping(
                wanted.protocol(),
                wanted.externalPort(),
                PortPolicy.EXACT,
                new Target.OtherHost(internal.address(), internal.port()),
                LeaseDuration.PERMANENT,
                entry.description().display());
        Claim claim = gateway.claim(mapping, entry.description());
        return switch (gateway.unmap(claim, wanted.externalPort(), budget.whole())) {
            case Result.Ok<Gateway.Removed> ignored ->
                new CloseOutcome.Closed(wanted, Optional.of(internal), gateway.info());
            case Result.Err<Gateway.Removed>(Failure failure) -> new CloseOutcome.Failed(wanted, failure);
        };
    }
}
