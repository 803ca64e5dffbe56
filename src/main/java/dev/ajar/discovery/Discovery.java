package dev.ajar.discovery;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finds gateways by asking every finder. */
public final class Discovery implements GatewaySource {
    /** The network of a home's router. */
    private static final int USUAL_NETWORK = 24;

    private final NetworkView network;
    private final List<GatewayFinder> finders;
    private final Supplier<Optional<GatewayFinder>> lastResort;
    private final RecentLocations places;

    public Discovery(NetworkView network, List<GatewayFinder> finders) {
        this(network, finders, Optional::empty, new RecentLocations());
    }

    /**
     * @param lastResort what to search with where no finder brought what was needed; asked for only then
     * @param places where routers were found earlier; asked for on a thread of the search
     */
    public Discovery(
            NetworkView network,
            List<GatewayFinder> finders,
            Supplier<Optional<GatewayFinder>> lastResort,
            RecentLocations places) {
        this.network = network;
        this.finders = List.copyOf(finders);
        this.lastResort = lastResort;
        this.places = places;
    }

    @Override
    public Search search(GatewaySelector selection, Deadline deadline) {
        return search(selection, Set.of(), deadline);
    }

    @Override
    public Search search(GatewaySelector selection, Set<Capability> needed, Deadline deadline) {
        return new Search(
                finders,
                ScopeSelector.of(selection, network, false),
                lastResort,
                places,
                needed.contains(Capability.LISTS_MAPPINGS),
                deadline);
    }

    @Override
    public boolean mayBeSlow(GatewaySelector selection) {
        ProtocolChoice choice = selection.protocols();
        return choice.isAutomatic()
                ? lastResort.get().stream().anyMatch(finder -> isSlow(finder, protocol -> true))
                : finders.stream().anyMatch(finder -> isSlow(finder, choice::allows));
    }

    private static boolean isSlow(GatewayFinder finder, Predicate<MappingProtocol> asked) {
        return finder.methods().stream()
                .filter(asked)
                .anyMatch(protocol -> protocol.traits().isSlow());
    }

    @Override
    public DiscoveryResult explore(GatewaySelector selection, Deadline deadline) {
        List<SearchScope> everywhere = ScopeSelector.of(selection, network, true);
        try (Search search = new Search(finders, everywhere, lastResort, places, false, deadline)) {
            return search.everything();
        }
    }

    @Override
    public boolean mayBeDevice(InetAddress address, GatewaySelector selection) {
        List<SearchScope> scopes = ScopeSelector.of(selection, network, false);
        return scopes.isEmpty()
                || scopes.stream().anyMatch(scope -> isBesideNamedRouter(address, selection, scope.route()))
                || scopes.stream()
                        .anyMatch(scope -> scope.route().reaches(address)
                                && !scope.route().isBroadcast(address)
                                && !scope.gateway().equals(Optional.of(address)));
    }

    /** Beside a router beyond this network that the user named: from inside a container, its host. */
    private static boolean isBesideNamedRouter(InetAddress address, GatewaySelector selection, LocalRoute route) {
        return selection
                .gateway()
                .filter(gateway -> !route.reaches(gateway) && !gateway.equals(address))
                .filter(gateway -> address.isSiteLocalAddress()
                        && new LocalRoute("", gateway, USUAL_NETWORK, Optional.empty()).reaches(address))
                .isPresent();
    }

    @Override
    public boolean isThisMachine(InetAddress address) {
        return !address.isLoopbackAddress() && network.isOwn(address);
    }

    @Override
    public Optional<Translation> translation() {
        // The gateway was asked since the first look, and has shown its card.
        Machine machine = network.machine().knowing(network.neighboursNow());
        return network.routes().stream()
                .flatMap(route -> route.gateway().stream()
                        .flatMap(gateway -> Translation.of(machine, route.interfaceName(), gateway).stream()))
                .findFirst();
    }

    @Override
    public Optional<MissingHome> missingHome() {
        return isIpv6Alone() ? Optional.empty() : network.missingHome();
    }

    @Override
    public Optional<InetAddress> shutOverIpv6() {
        return network.ipv6Routes().stream()
                .map(LocalRoute::localAddress)
                .findFirst()
                .filter(own -> network.machine(IpVersion.IPV6).answer(own) instanceof KernelRoute.Unreachable);
    }

    @Override
    public boolean isIpv6Alone() {
        return network.routes().stream().noneMatch(LocalRoute::leadsOut)
                && !network.ipv6Routes().isEmpty();
    }

    @Override
    public boolean mayBeInFront(InetAddress address) {
        List<LocalRoute> routes = network.routes();
        return network.towards(address).isPresent()
                && routes.stream()
                        .noneMatch(route ->
                                route.reaches(address) || route.gateway().equals(Optional.of(address)));
    }

    @Override
    public Result<Gateway> reopen(Claim claim, Deadline deadline) {
        boolean otherNetwork = claim.mapping().target() instanceof Target.InnerRouter
                && !mayBeInFront(claim.gateway().address());
        if (otherNetwork) {
            return Result.err(new Failure.NoGateway(Message.of(
                    "discovery.other-network",
                    "address",
                    Addresses.text(claim.gateway().address()))));
        }
        ProtocolChoice protocol = ProtocolChoice.only(claim.gateway().method());
        Optional<URI> location = claim.handle().location();
        GatewaySelector known = new GatewaySelector(
                        protocol, Optional.of(claim.gateway().address()), location)
                // Routers let only the client itself renew and remove its mapping, and it may have other addresses too.
                .askingFrom(claim.internal().address());
        // The known location gets half the time, so that some is left to search if it is dead.
        Deadline firstDeadline =
                location.isPresent() ? deadline.within(Durations.divided(deadline.remaining(), 2)) : deadline;
        List<ProbeAttempt> attempts = new ArrayList<>();
        Optional<Gateway> gateway = first(known, firstDeadline, attempts);
        if (gateway.isEmpty() && location.isPresent()) {
            gateway = first(
                    new GatewaySelector(protocol, known.gateway(), Optional.empty())
                            .askingFrom(claim.internal().address()),
                    deadline,
                    attempts);
        }
        if (gateway.filter(found -> !found.info().id().isSameBox(claim.gateway()))
                .isPresent()) {
            return Result.err(new Failure.NoGateway(Message.of(
                    "discovery.other-router",
                    "address",
                    Addresses.text(claim.gateway().address()))));
        }
        return gateway.map(Result::ok).orElseGet(() -> Result.err(gone(claim, attempts)));
    }

    /** One that is used by name alone tells why: another device may have its address. */
    private static Failure gone(Claim claim, List<ProbeAttempt> attempts) {
        return attempts.stream()
                .filter(attempt -> !attempt.method().traits().automatic()
                        && attempt.outcome() == ProbeAttempt.ProbeOutcome.REJECTED)
                .findFirst()
                .map(attempt -> new Failure.NoGateway(attempt.detail(), List.of(Message.of("advice.router-look"))))
                .orElseGet(() -> new Failure.NoGateway(Message.of("discovery.gone", "gateway", claim.gateway())));
    }

    private Optional<Gateway> first(GatewaySelector selection, Deadline deadline, List<ProbeAttempt> attempts) {
        try (Search search = search(selection, deadline)) {
            Optional<Gateway> found = search.next(Set.of());
            attempts.addAll(search.attempts());
            return found;
        }
    }
}
