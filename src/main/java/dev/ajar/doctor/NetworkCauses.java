package dev.ajar.doctor;

import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Causes in this machine's own network. */
final class NetworkCauses {
    private static final int CONTAINERS_NETWORK = 16;

    private NetworkCauses() {}

    static Optional<Verdict> of(Facts facts) {
        if (facts.isIpv6Alone()) {
            return Optional.empty();
        }
        Optional<LocalRoute> first = facts.routes().stream().findFirst();
        if (first.isPresent() && isBridged(facts)) {
            return Optional.of(Verdict.likely(
                    Cause.CONTAINER_BRIDGE,
                    Message.of("doctor.container-bridge"),
                    Message.of("doctor.container-bridge-next"),
                    Message.of(
                            "doctor.container-bridge-seen",
                            "address",
                            Addresses.text(first.get().localAddress()))));
        }
        if (first.isPresent() && facts.inside().isPresent() && isUnanswered(facts)) {
            return Optional.of(inside(facts.inside().get(), first.get()));
        }
        return facts.missingHome().filter(missing -> isAll(missing, facts)).map(NetworkCauses::missing);
    }

    /** Whether nothing that was found speaks against it. */
    private static boolean isAll(MissingHome missing, Facts facts) {
        boolean anyGateway = !facts.survey().seen().isEmpty();
        return switch (missing) {
            // A router beside it is on another way than that to the internet.
            case MissingHome.OnTheInternet ignored -> facts.home().isEmpty() || !anyGateway;
            case MissingHome.NoSignal ignored -> !anyGateway;
            case MissingHome.GatewayIsOwn ignored -> !anyGateway;
            case MissingHome.NothingLeaves ignored -> !anyGateway;
            case MissingHome.RouterBehindTunnel ignored -> !anyGateway;
            case MissingHome.FixedCard ignored -> isSilent(facts);
            case MissingHome.Unconnected ignored -> facts.home().isEmpty();
            case MissingHome.NoInternetAddress ignored -> facts.home().isEmpty();
            case MissingHome.SelfGivenAddress ignored -> facts.home().isEmpty();
            case MissingHome.NoDefaultRoute ignored -> facts.home().isEmpty();
            case MissingHome.BehindTunnel ignored -> facts.home().isEmpty();
            case MissingHome.BehindLine ignored -> facts.home().isEmpty();
        };
    }

    private static Verdict missing(MissingHome missing) {
        return switch (missing) {
            case MissingHome.Unconnected ignored ->
                Verdict.certain(
                        Cause.NO_NETWORK,
                        Message.of("doctor.no-network"),
                        Message.of("doctor.no-network-next"),
                        Message.of("doctor.no-network-seen"));
            case MissingHome.NoSignal(String name) ->
                Verdict.certain(
                        Cause.NO_NETWORK,
                        Message.of("doctor.no-signal", "interface", name),
                        Message.of("advice.no-signal", "interface", name));
            case MissingHome.GatewayIsOwn(InetAddress gateway, String name) ->
                Verdict.certain(
                        Cause.NO_DEFAULT_ROUTE,
                        Message.of("doctor.gateway-is-own", "address", Addresses.text(gateway), "interface", name),
                        Message.of("advice.gateway-is-own", "interface", name));
            case MissingHome.RouterBehindTunnel tunnelled ->
                Verdict.certain(
                        Cause.VPN_HAS_ROUTE,
                        Message.of(
                                "doctor.router-behind-tunnel",
                                "address",
                                Addresses.text(tunnelled.gateway()),
                                "interface",
                                tunnelled.interfaceName()),
                        tunnelled.advice());
            case MissingHome.FixedCard(InetAddress gateway, String card, String name) ->
                Verdict.open(
                        Cause.ROUTER_UNREACHABLE,
                        Message.of("doctor.fixed-card", "address", Addresses.text(gateway), "card", card),
                        Message.of("advice.fixed-card", "address", Addresses.text(gateway), "interface", name));
            case MissingHome.NothingLeaves(InetAddress own) ->
                Verdict.certain(
                        Cause.NO_WAY_FOR_ANSWERS,
                        Message.of("doctor.nothing-leaves", "address", Addresses.text(own)),
                        Message.of("answers.nowhere-next"));
            case MissingHome.NoInternetAddress ignored ->
                Verdict.certain(
                        Cause.NO_DEFAULT_ROUTE,
                        Message.of("doctor.no-internet-address"),
                        Message.of("advice.no-internet-address"),
                        Message.of("doctor.no-network-seen"));
            case MissingHome.BehindTunnel(String name) ->
                Verdict.certain(
                        Cause.VPN_HAS_ROUTE,
                        Message.of("doctor.vpn-has-route"),
                        Message.of("advice.vpn-off"),
                        Message.of("doctor.vpn-has-route-seen", "interface", name));
            case MissingHome.BehindLine(String name) ->
                Verdict.likely(
                        Cause.NO_HOME_ROUTER,
                        Message.of("doctor.behind-line"),
                        Message.of("advice.behind-line"),
                        Message.of("doctor.vpn-has-route-seen", "interface", name));
            case MissingHome.SelfGivenAddress(InetAddress address) ->
                Verdict.certain(
                        Cause.NO_DEFAULT_ROUTE,
                        Message.of("doctor.self-given-address", "address", Addresses.text(address)),
                        Message.of("advice.self-given-address"),
                        Message.of("doctor.no-default-route-seen"));
            case MissingHome.NoDefaultRoute ignored ->
                Verdict.certain(
                        Cause.NO_DEFAULT_ROUTE,
                        Message.of("doctor.no-default-route"),
                        Message.of("advice.no-default-route"),
                        Message.of("doctor.no-default-route-seen"));
            case MissingHome.OnTheInternet(String name, InetAddress address, boolean isGateways) ->
                Verdict.likely(
                        Cause.NOT_BEHIND_NAT,
                        Message.of("doctor.not-behind-nat"),
                        Message.of("advice.not-behind-nat"),
                        isGateways
                                ? Message.of("doctor.not-behind-nat-seen", "gateway", Addresses.text(address))
                                : Message.of(
                                        "doctor.own-address-seen",
                                        "address",
                                        Addresses.text(address),
                                        "interface",
                                        name));
        };
    }

    /** From 172.17.0.0/16 to 172.31.0.0/16 is what Docker gives its bridges, 10.88.0.0/16 what Podman does. */
    private static boolean isBridged(Facts facts) {
        return facts.container()
                && facts.survey().seen().isEmpty()
                && facts.routes().stream().anyMatch(NetworkCauses::isOfContainers);
    }

    private static boolean isOfContainers(LocalRoute route) {
        byte[] bytes = route.localAddress().getAddress();
        int second = bytes[1] & 0xFF;
        return route.prefixLength() == CONTAINERS_NETWORK
                && (((bytes[0] & 0xFF) == 172 && second >= 17 && second <= 31)
                        || ((bytes[0] & 0xFF) == 10 && second == 88));
    }

    /** An own firewall, or an answer that is of no use, says more. */
    private static boolean isUnanswered(Facts facts) {
        return facts.survey().seen().isEmpty()
                && !facts.survey().attempts().isEmpty()
                && facts.survey().attempts().stream()
                        .allMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.SILENT
                                || attempt.outcome() == ProbeAttempt.ProbeOutcome.UNREACHABLE);
    }

    /** A refusal would have come from the router itself; it can hear what goes to a group, and answer. */
    private static boolean isSilent(Facts facts) {
        return facts.survey().seen().isEmpty()
                && facts.survey().attempts().stream().allMatch(ProbeAttempt::isUnheard);
    }

    private static Verdict inside(Translation translation, LocalRoute route) {
        Message seen = Message.of("doctor.inside-seen", "address", Addresses.text(route.localAddress()));
        return switch (translation) {
            case CONTAINER ->
                Verdict.likely(
                        Cause.CONTAINER_BRIDGE,
                        Message.of("doctor.container-bridge"),
                        Message.of("doctor.container-bridge-next"),
                        seen);
            case POD ->
                Verdict.certain(
                        Cause.CONTAINER_BRIDGE,
                        Message.of("doctor.pod"),
                        Message.of("advice.host-network-pod"),
                        Message.of("doctor.container-bridge-seen", "address", Addresses.text(route.localAddress())));
            case WSL ->
                Verdict.likely(
                        Cause.VIRTUAL_NETWORK,
                        Message.of("doctor.virtual-network"),
                        Message.of("advice.host-network-wsl"),
                        seen);
            case VIRTUAL_SWITCH ->
                Verdict.likely(
                        Cause.VIRTUAL_NETWORK,
                        Message.of("doctor.virtual-network"),
                        Message.of("advice.host-network-virtual-switch"),
                        seen);
            case HYPERVISOR ->
                Verdict.likely(
                        Cause.VIRTUAL_NETWORK,
                        Message.of("doctor.virtual-network"),
                        Message.of("advice.host-network-hypervisor"),
                        seen);
        };
    }

    /** The router lets connections in, and what this machine answers takes another way. */
    static Optional<Verdict> ofAnswers(Facts facts) {
        return facts.detour().map(NetworkCauses::ofAnswers);
    }

    /** What does not leave this machine looks like a router that is silent. */
    static Optional<Verdict> shutOverIpv6(Facts facts) {
        return facts.detour()
                .filter(leave -> facts.isIpv6Alone() && leave.detour() instanceof AnswerRoute.Nowhere)
                .map(leave -> ofAnswers(leave)
                        .because(List.of(Message.of("mapping.nothing-out", "address", Addresses.text(leave.own())))));
    }

    private static Verdict ofAnswers(Facts.AnswersLeave leave) {
        AnswerRouteText words = leave.words();
        InetAddress own = leave.own();
        return switch (leave.detour()) {
            case AnswerRoute.OfAll way -> ofAnswers(way, words, own);
            case AnswerRoute.ToSome(AnswerRoute.OfAll way) -> ofAnswers(way, words, own);
            case AnswerRoute.NotTold ignored -> Verdict.open(Cause.ANSWERS_DEPEND_ON_RULE, words.found(), words.next());
            case AnswerRoute.OfSome ignored -> Verdict.open(Cause.ANSWERS_DEPEND_ON_RULE, words.found(), words.next());
            case AnswerRoute.ExceptSome ignored ->
                Verdict.open(Cause.ANSWERS_DEPEND_ON_RULE, words.found(), words.next());
        };
    }

    private static Verdict ofAnswers(AnswerRoute.OfAll way, AnswerRouteText words, InetAddress own) {
        Optional<Message> seen = AnswerRouteText.by(way).map(name -> seen(own, name));
        Cause cause = switch (way) {
            case AnswerRoute.ByTunnel ignored -> Cause.ANSWERS_LEAVE_BY_TUNNEL;
            case AnswerRoute.ByOtherLink ignored -> Cause.ANSWERS_LEAVE_BY_OTHER_LINK;
            case AnswerRoute.ByOtherRouter ignored -> Cause.ANSWERS_LEAVE_BY_OTHER_ROUTER;
            case AnswerRoute.Nowhere ignored -> Cause.NO_WAY_FOR_ANSWERS;
        };
        return Verdict.certain(cause, words.found(), words.next())
                .because(seen.stream().toList());
    }

    private static Message seen(InetAddress own, String interfaceName) {
        return Message.of("doctor.answers-leave-seen", "address", Addresses.text(own), "interface", interfaceName);
    }

    /**
     * Cable and Wi-Fi lead to one router mostly. Two routers may have the same address, and then ajar asks one; where
     * that is silent, the other may be the home's.
     */
    private static Verdict severalWays(Facts facts) {
        LocalRoute asked = facts.routes().getFirst();
        boolean silent = facts.survey().seen().isEmpty();
        Optional<LocalRoute> twin = facts.routes().stream()
                .filter(other -> asked.gateway().isPresent()
                        && !other.interfaceName().equals(asked.interfaceName())
                        && other.gateway().equals(asked.gateway()))
                .findFirst();
        return twin.map(other -> Verdict.certain(
                        Cause.SEVERAL_DEFAULT_ROUTES,
                        Message.of(
                                "doctor.same-router-address",
                                "address",
                                asked.gateway().map(Addresses::text).orElse(""),
                                "interface",
                                asked.interfaceName(),
                                "other",
                                other.interfaceName()),
                        Message.of(
                                "doctor.same-router-address-next",
                                "other",
                                silent ? asked.interfaceName() : other.interfaceName())))
                .orElseGet(() -> Verdict.certain(
                        Cause.SEVERAL_DEFAULT_ROUTES,
                        Message.of("doctor.several-default-routes"),
                        Message.of("doctor.several-default-routes-next")));
    }

    /** What is unusual and keeps no port closed. */
    static List<Verdict> remarks(Facts facts) {
        List<Verdict> remarks = new ArrayList<>();
        if (facts.isIpv6Alone()) {
            remarks.add(Verdict.certain(
                    Cause.IPV6_ALONE, Message.of("doctor.ipv6-alone"), Message.of("doctor.ipv6-alone-next")));
        }
        List<Message> routes = facts.routes().stream()
                .flatMap(route -> route.gateway().stream()
                        .map(gateway -> Message.of(
                                "doctor.several-default-routes-seen",
                                "interface",
                                route.interfaceName(),
                                "gateway",
                                Addresses.text(gateway))))
                .toList();
        if (routes.size() > 1 && !facts.oneRouter()) {
            remarks.add(severalWays(facts).because(routes));
        }
        List<Message> gateways = facts.survey().seen().stream()
                .map(seen -> Addresses.text(seen.info().id().address()))
                .distinct()
                .map(Message::verbatim)
                .toList();
        if (gateways.size() > 1) {
            remarks.add(Verdict.certain(
                            Cause.TWO_GATEWAYS,
                            Message.of("doctor.two-gateways"),
                            Message.of("doctor.two-gateways-next"))
                    .because(gateways));
        }
        return remarks;
    }
}
