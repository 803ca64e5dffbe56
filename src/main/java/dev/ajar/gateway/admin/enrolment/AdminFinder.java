package dev.ajar.gateway.admin.enrolment;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.AdminGateway;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.RuleName;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Finds the router whose owner has enrolled it, by its address and network card. No request is sent for that. */
public final class AdminFinder implements GatewayFinder {
    private final Enrolments enrolments;
    private final Secrets secrets;
    private final Function<String, Optional<RouterInterface>> makes;
    private final NetworkView network;
    private final NeighbourTable neighbours;
    private final Approval approval;
    private final Timeline timeline;
    private final RandomGenerator random;

    /**
     * @param makes the interfaces by the id of their profile
     * @param approval who can confirm a change on the router itself
     */
    public AdminFinder(
            Enrolments enrolments,
            Secrets secrets,
            Function<String, Optional<RouterInterface>> makes,
            NetworkView network,
            NeighbourTable neighbours,
            Approval approval,
            Timeline timeline,
            RandomGenerator random) {
        this.enrolments = enrolments;
        this.secrets = secrets;
        this.makes = makes;
        this.network = network;
        this.neighbours = neighbours;
        this.approval = approval;
        this.timeline = timeline;
        this.random = random;
    }

    @Override
    public Set<MappingProtocol> methods() {
        return Set.of(AdminProtocol.ROUTER);
    }

    @Override
    public DiscoveryResult find(SearchScope scope, Deadline deadline) {
        // The way to a router that is named by its address is on the link itself, and has no gateway.
        Optional<InetAddress> router =
                scope.gateway().or(() -> scope.route().gateway()).filter(this::isDefaultGateway);
        if (!scope.allows(AdminProtocol.ROUTER) || router.isEmpty()) {
            return DiscoveryResult.NOTHING;
        }
        String card = logins().card(router.get(), scope.route().localAddress(), deadline);
        return switch (enrolments.find(router.get(), card)) {
            case Result.Err<Optional<Enrolment>>(Failure failure) -> attempt(scope, failure.detail());
            case Result.Ok<Optional<Enrolment>>(Optional<Enrolment> found) ->
                found.flatMap(enrolment -> gateway(enrolment, scope.route()))
                        .map(gateway -> new DiscoveryResult(
                                List.of(gateway),
                                // Nothing was sent; where it cannot do what is wanted, that is why, and not that there
                                // is none.
                                List.of(attempt(
                                        scope, ProbeAttempt.ProbeOutcome.ANSWERED, Message.of("admin.has-password")))))
                        .orElseGet(() -> attempt(scope, why(router.get(), card)));
        };
    }

    private Message why(InetAddress router, String card) {
        Message address = Message.of(
                card.isEmpty() ? "admin.card-unknown" : "admin.not-enrolled", "address", Addresses.text(router));
        return card.isEmpty()
                ? address
                : enrolments
                        .onOtherCard(router, card)
                        .map(other -> AdminFailures.otherCard(router, other.card(), card)
                                .detail())
                        .orElse(address);
    }

    private boolean isDefaultGateway(InetAddress address) {
        return network.routes().stream().anyMatch(route -> route.gateway().equals(Optional.of(address)));
    }

    private EnrolledLogin logins() {
        return new EnrolledLogin(enrolments, secrets, neighbours, approval, timeline);
    }

    private static DiscoveryResult attempt(SearchScope scope, Message why) {
        return new DiscoveryResult(List.of(), List.of(attempt(scope, ProbeAttempt.ProbeOutcome.REJECTED, why)));
    }

    private static ProbeAttempt attempt(SearchScope scope, ProbeAttempt.ProbeOutcome outcome, Message detail) {
        return new ProbeAttempt(
                scope.route().interfaceName(),
                ProbeAttempt.Stage.PROBE,
                AdminProtocol.ROUTER,
                Message.of("admin.looked-for"),
                outcome,
                detail);
    }

    private Optional<Gateway> gateway(Enrolment enrolment, LocalRoute route) {
        return makes.apply(enrolment.make())
                .map(make -> new AdminGateway(
                        info(enrolment, make, route),
                        make.id(),
                        make.tellsAddress(),
                        names(make.names()),
                        logins().to(enrolment, make, route.localAddress()),
                        timeline,
                        random));
    }

    private static RuleName names(RouterInterface.NameForm form) {
        return new RuleName(form.prefix(), form.separator(), form.others(), form.longest());
    }

    private static GatewayInfo info(Enrolment enrolment, RouterInterface make, LocalRoute route) {
        Set<Capability> capabilities = EnumSet.of(Capability.LISTS_MAPPINGS, Capability.PERMANENT_LEASE);
        if (make.otherHosts()) {
            capabilities.add(Capability.OTHER_HOSTS);
        }
        if (make.source()) {
            capabilities.add(Capability.REMOTE_HOST);
        }
        if (make.sourceNetworks()) {
            capabilities.add(Capability.MAY_FILTER);
        }
        return new GatewayInfo(
                new GatewayId(AdminProtocol.ROUTER, enrolment.address(), enrolment.knownAs()),
                route,
                make.title(),
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                capabilities);
    }
}
