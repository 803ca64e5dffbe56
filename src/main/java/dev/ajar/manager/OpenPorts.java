package dev.ajar.manager;

import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.Search;
import dev.ajar.discovery.Selection;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Opens ports: writes down what it is about to do, asks the gateway, writes down what came of it. */
final class OpenPorts {
    private final Discovery discovery;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;
    private final List<OpenReport.Outcome> outcomes = new ArrayList<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private Optional<Failure> unwritten = Optional.empty();

    OpenPorts(Discovery discovery, StateStore store, Timeline timeline, Progress progress) {
        this.discovery = discovery;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    OpenReport run(List<Mapping> mappings, Selection selection, Budget budget) {
        Optional<Failure> stray = strayTarget(mappings, selection);
        if (stray.isPresent()) {
            return OpenReport.failed(stray.get(), List.of());
        }
        // The search goes on while the notes are read.
        progress.begins("looking for the router");
        try (Search search = discovery.search(selection, budget.search())) {
            return switch (store.lock()) {
                case Result.Err<StateStore.Lock>(Failure failure) ->
                        OpenReport.failed(failure, List.of());
                case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                    try (lock) {
                        yield locked(mappings, search, budget);
                    }
                }
            };
        }
    }

    /** A mapping to a device that is not on this LAN would open somebody else's port, or nobody's. */
    private Optional<Failure> strayTarget(List<Mapping> mappings, Selection selection) {
        return mappings.stream()
                .map(Mapping::target)
                .flatMap(
                        target ->
                                target instanceof Target.OtherHost other
                                        ? Stream.of(other.client())
                                        : Stream.empty())
                .filter(client -> !discovery.mayBeDevice(client, selection))
                .findFirst()
                .map(
                        client ->
                                new Failure.Usage(
                                        "--to "
                                                + client.getHostAddress()
                                                + " is not another device on this machine's network"));
    }

    private OpenReport locked(List<Mapping> mappings, Search search, Budget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return OpenReport.failed(failure, List.of());
            }
            case Result.Ok<Snapshot>(Snapshot loaded) ->
                    snapshot = loaded.current(timeline.instant());
        }
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        mappings.forEach(mapping -> needed.addAll(Capability.neededBy(mapping)));
        Optional<Gateway> gateway = search.next(needed);
        if (gateway.isEmpty()) {
            return OpenReport.failed(
                    Refusals.noGateway(search.attempts(), needed), search.attempts());
        }
        return ask(mappings, gateway.get(), needed, search, budget);
    }

    /** One gateway after the other, as long as the reason for failing is the protocol's and not the port's. */
    private OpenReport ask(
            List<Mapping> mappings,
            Gateway first,
            Set<Capability> needed,
            Search search,
            Budget budget) {
        List<Mapping> open = new ArrayList<>(mappings);
        Optional<Gateway> gateway = Optional.of(first);
        Gateway used = first;
        while (gateway.isPresent() && !open.isEmpty()) {
            Gateway current = gateway.get();
            List<OpenReport.Outcome> here = new ArrayList<>();
            Optional<Failure> unwritable = askAll(open, current, budget, here);
            if (unwritable.isPresent()) {
                return OpenReport.failed(unwritable.get(), search.attempts());
            }
            boolean anyGranted =
                    here.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
            boolean another = !anyGranted && here.stream().allMatch(OpenPorts::mayWorkElsewhere);
            Optional<Gateway> next = another ? search.next(needed) : Optional.empty();
            // A protocol that said why tells more than one that fell silent after it.
            boolean telling = outcomes.isEmpty() || !here.stream().allMatch(OpenPorts::isSilence);
            if (telling) {
                outcomes.clear();
                outcomes.addAll(here);
                used = current;
            }
            if (next.isEmpty()) {
                open.clear();
            }
            gateway = next;
        }
        return report(used, search, budget);
    }

    private static boolean isSilence(OpenReport.Outcome outcome) {
        return outcome.result() instanceof Result.Err<Grant>(Failure failure)
                && Refusals.isSilence(failure);
    }

    private static boolean mayWorkElsewhere(OpenReport.Outcome outcome) {
        return switch (outcome.result()) {
            case Result.Ok<Grant> ignored -> false;
            case Result.Err<Grant>(Failure failure) -> Refusals.isOfTheProtocol(failure);
        };
    }

    /** @return why the notes could not be written, in which case nothing was asked */
    private Optional<Failure> askAll(
            List<Mapping> mappings, Gateway gateway, Budget budget, List<OpenReport.Outcome> here) {
        List<Claim> claims = mappings.stream().map(mapping -> claim(mapping, gateway)).toList();
        Snapshot before = snapshot;
        for (Claim claim : claims) {
            if (snapshot.of(claim).isEmpty()) {
                snapshot = snapshot.with(Holding.claimed(claim));
            }
        }
        if (store.save(snapshot) instanceof Result.Err<StateStore.Written>(Failure failure)) {
            return Optional.of(failure);
        }
        for (Claim claim : claims) {
            progress.begins("asking the router for " + claim.mapping().label());
            Result<Grant> result = map(claim, gateway, before, budget);
            note(claim, result);
            here.add(new OpenReport.Outcome(claim.mapping(), gateway.info(), result));
        }
        if (store.save(snapshot) instanceof Result.Err<StateStore.Written>(Failure failure)) {
            unwritten = Optional.of(failure);
        }
        return Optional.empty();
    }

    /**
     * Asks, unless that would cost us what we have: PCP and NAT-PMP keep one mapping for each internal port, so asking
     * for a second external port of it moves the first, and giving that back closes it.
     */
    private Result<Grant> map(Claim claim, Gateway gateway, Snapshot before, Budget budget) {
        Optional<Holding> same = snapshot.of(claim).filter(known -> known.lease().isPresent());
        Port wanted = claim.mapping().externalPort();
        if (same.isPresent()
                && claim.mapping().portPolicy() == PortPolicy.EXACT
                && !same.get().externalPort().equals(wanted)) {
            return Result.err(
                    new Failure.Conflict(
                            "internal port "
                                    + claim.internal().port()
                                    + " is already open as external port "
                                    + same.get().externalPort()
                                    + ", and "
                                    + gateway.info().method().title()
                                    + " keeps one for each; close that first or use --method upnp",
                            Optional.of(claim.internal()),
                            Optional.empty()));
        }
        InetAddress address = gateway.info().id().address();
        return gateway.map(
                        asLastTime(claim, same),
                        entry -> before.owns(address, entry),
                        budget.whole())
                .map(grant -> asClaimed(grant, claim));
    }

    /**
     * Where any external port will do, the one granted last time comes first: asking for the first choice again could
     * open that beside it.
     */
    private static Claim asLastTime(Claim claim, Optional<Holding> same) {
        Mapping wish = claim.mapping();
        if (same.isEmpty() || wish.portPolicy() == PortPolicy.EXACT) {
            return claim;
        }
        Mapping again =
                new Mapping(
                        wish.protocol(),
                        same.get().externalPort(),
                        wish.portPolicy(),
                        wish.target(),
                        wish.lease(),
                        wish.description());
        return new Claim(
                again, claim.gateway(), claim.internal(), claim.handle(), claim.writtenAt());
    }

    /** The lease is noted under the wish as it was made, so that the next one like it finds it. */
    private static Grant asClaimed(Grant grant, Claim claim) {
        return switch (grant) {
            case Grant.Granted(Lease lease) -> new Grant.Granted(lease.of(claim));
            case Grant.AlreadyThere there -> there;
        };
    }

    private Claim claim(Mapping mapping, Gateway gateway) {
        Claim fresh = gateway.claim(mapping, Optional.empty());
        return snapshot.of(fresh)
                .map(known -> gateway.claim(mapping, Optional.of(known.claim().handle())))
                .orElse(fresh);
    }

    /** What is certainly not there is not kept; what may be there is, and what was there before. */
    private void note(Claim claim, Result<Grant> result) {
        snapshot =
                switch (result) {
                    case Result.Ok<Grant>(Grant.Granted(Lease lease)) ->
                            snapshot.with(Holding.held(lease));
                    case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> withoutMereClaim(claim);
                    case Result.Err<Grant>(Failure failure) ->
                            Refusals.mayHaveHappened(failure) ? snapshot : withoutMereClaim(claim);
                };
    }

    private Snapshot withoutMereClaim(Claim claim) {
        boolean held = snapshot.of(claim).flatMap(Holding::lease).isPresent();
        return held ? snapshot : snapshot.without(Holding.claimed(claim));
    }

    private OpenReport report(Gateway gateway, Search search, Budget budget) {
        Optional<InetAddress> external =
                outcomes.stream()
                        .flatMap(outcome -> outcome.result().toOptional().stream())
                        .flatMap(OpenPorts::statedAddress)
                        .findFirst();
        boolean anyGranted =
                outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
        if (external.isEmpty() && anyGranted) {
            progress.begins("asking the router for its internet address");
            external =
                    gateway.externalAddress(budget.whole())
                            .toOptional()
                            .flatMap(address -> address);
        }
        return new OpenReport(
                Optional.of(gateway.info()),
                external,
                List.copyOf(outcomes),
                unwritten,
                search.attempts());
    }

    private static Stream<InetAddress> statedAddress(Grant grant) {
        return switch (grant) {
            case Grant.Granted(Lease lease) -> lease.externalAddress().stream();
            case Grant.AlreadyThere ignored -> Stream.empty();
        };
    }
}
