package dev.ajar.manager;

import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.Search;
import dev.ajar.discovery.Selection;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Gateway;
import dev.ajar.manager.CloseReport.Outcome;
import dev.ajar.manager.CloseReport.Wanted;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.Addresses;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mappings that ajar has no note of: it says whose they are, and removes them only by force. */
final class Strangers {
    private final Discovery discovery;
    private final Selection selection;
    private final boolean force;
    private final Budget budget;
    private final Progress progress;
    private Optional<Result<Gateway>> found = Optional.empty();
    private List<Attempt> attempts = List.of();

    Strangers(Discovery discovery, Selection selection, boolean force, Budget budget, Progress progress) {
        this.discovery = discovery;
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

    /** Only UPnP shows other programs' mappings; without it there is nothing to be seen. */
    private Result<Gateway> find() {
        progress.begins("looking for the router");
        Set<Method> visible = EnumSet.copyOf(selection.methods());
        if (!force && visible.contains(Method.UPNP)) {
            visible.retainAll(Set.of(Method.UPNP));
        }
        try (Search search = discovery.search(
                new Selection(visible, selection.gateway(), selection.location()), budget.search())) {
            Optional<Gateway> gateway = search.next(Set.of());
            attempts = search.attempts();
            return gateway.map(Result::ok)
                    .orElseGet(() -> Result.err(Refusals.noGateway(search, Set.of())));
        }
    }

    private Outcome close(Wanted wanted, Gateway gateway) {
        return switch (gateway.look(wanted.protocol(), wanted.externalPort(), budget.whole())) {
            case Presence.Absent ignored -> new Outcome.WasNotOpen(wanted, "nothing was open there");
            case Presence.Present(ObservedMapping entry) ->
                force ? remove(wanted, gateway, internal(entry, gateway)) : refuse(wanted, entry);
            case Presence.Unknown unknown ->
                force
                        ? remove(
                                wanted,
                                gateway,
                                new Endpoint(gateway.info().localAddress(), wanted.internalPort()))
                        : new Outcome.WasNotOpen(wanted, "ajar has not opened it, and " + unknown.reason());
        };
    }

    private static Outcome refuse(Wanted wanted, ObservedMapping entry) {
        String name = entry.description().display();
        return new Outcome.Failed(
                wanted,
                new Failure.Unsafe(wanted.protocol().label() + " " + wanted.externalPort() + " goes to "
                        + entry.internalClient() + ":" + entry.internalPort()
                        + (name.isEmpty() ? "" : " (\"" + name + "\")") + ", and ajar did not open it"));
    }

    private static Endpoint internal(ObservedMapping entry, Gateway gateway) {
        return new Endpoint(
                Addresses.ipv4(entry.internalClient().raw().strip())
                        .orElse(gateway.info().localAddress()),
                entry.internalPort());
    }

    private Outcome remove(Wanted wanted, Gateway gateway, Endpoint internal) {
        if (gateway.info().method() == Method.PCP) {
            return new Outcome.Failed(
                    wanted,
                    new Failure.Unsupported(
                            "PCP only lets the program that opened a port close it; wait until it runs out",
                            Optional.empty()));
        }
        Mapping mapping = new Mapping(
                wanted.protocol(),
                wanted.externalPort(),
                PortPolicy.EXACT,
                new Target.OtherHost(internal.address(), internal.port()),
                LeaseDuration.PERMANENT,
                "ajar");
        Claim claim = gateway.claim(mapping, Optional.empty());
        return switch (gateway.unmap(claim, wanted.externalPort(), budget.whole())) {
            case Result.Ok<Gateway.Removed> ignored ->
                new Outcome.Closed(wanted, Optional.of(internal), gateway.info());
            case Result.Err<Gateway.Removed>(Failure failure) -> new Outcome.Failed(wanted, failure);
        };
    }
}
