package dev.ajar.manager;

import dev.ajar.discovery.Candidates;
import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.manager.CloseReport.Outcome;
import dev.ajar.manager.CloseReport.Wanted;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Mappings that ajar has no note of: it says whose they are, and removes them only by force. A gateway that shows no list
 * keeps them: what cannot be seen is not removed.
 */
final class Strangers {
    private final Gateways gateways;
    private final Selection selection;
    private final boolean force;
    private final Budget budget;
    private final Progress progress;
    private Optional<Result<Gateway>> found = Optional.empty();
    private List<Attempt> attempts = List.of();

    Strangers(Gateways gateways, Selection selection, boolean force, Budget budget, Progress progress) {
        this.gateways = gateways;
        this.selection = selection;
        this.force = force;
        this.budget = budget;
        this.progress = progress;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    Outcome close(Wanted wanted) {
        Result<Gateway> gateway = found.orElseGet(this::find);
        found = Optional.of(gateway);
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) -> new Outcome.Failed(wanted, failure);
            case Result.Ok<Gateway>(Gateway there) -> close(wanted, there);
        };
    }

    private Result<Gateway> find() {
        progress.begins("looking for the router");
        try (Candidates search = gateways.search(selection, budget.freshSearch())) {
            Optional<Gateway> gateway =
                    search.next(Set.of(Capability.LISTS_MAPPINGS)).or(() -> search.next(Set.of()));
            attempts = search.attempts();
            return gateway.map(Result::ok).orElseGet(() -> Result.err(Refusals.noGateway(search.attempts(), Set.of())));
        }
    }

    private Outcome close(Wanted wanted, Gateway gateway) {
        return switch (gateway.look(wanted.protocol(), wanted.externalPort(), budget.whole())) {
            case Presence.Absent ignored -> new Outcome.WasNotOpen(wanted, "nothing was open there");
            case Presence.Present(ObservedMapping entry) ->
                force ? remove(wanted, gateway, entry) : refuse(wanted, entry);
            case Presence.Unknown unknown ->
                force
                        ? new Outcome.Failed(
                                wanted,
                                new Failure.Unsupported(
                                        "ajar cannot see what is open there, so it closes nothing: " + unknown.reason(),
                                        Optional.empty()))
                        : new Outcome.WasNotOpen(wanted, "ajar has not opened it, and " + unknown.reason());
        };
    }

    private static Outcome refuse(Wanted wanted, ObservedMapping entry) {
        String name = entry.description().display();
        return new Outcome.Failed(
                wanted,
                new Failure.Unsafe(
                        wanted.protocol().label()
                                + " "
                                + wanted.externalPort()
                                + " goes to "
                                + entry.internalClient()
                                + ":"
                                + entry.internalPort()
                                + (name.isEmpty() ? "" : " (\"" + name + "\")")
                                + ", and ajar did not open it",
                        "Leave it to whoever opened it; if you are sure, close it with --force."));
    }

    private Outcome remove(Wanted wanted, Gateway gateway, ObservedMapping entry) {
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
        Claim claim = gateway.claim(mapping, Optional.empty());
        return switch (gateway.unmap(claim, wanted.externalPort(), budget.whole())) {
            case Result.Ok<Gateway.Removed> ignored ->
                new Outcome.Closed(wanted, Optional.of(internal), gateway.info());
            case Result.Err<Gateway.Removed>(Failure failure) -> new Outcome.Failed(wanted, failure);
        };
    }
}
