package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the ways of answers with the router that the questions come through.
 *
 * @param own the address that the answers leave from
 * @param gateway that router; empty where it is not known
 */
record AnswerRouteCheck(Machine machine, InetAddress own, Optional<InetAddress> gateway) {
    /** Of addresses that several routers stand for: VRRP (RFC 9568 section 7.3), HSRP and GLBP. */
    private static final List<String> VIRTUAL_ROUTERS =
            List.of("00:00:5e:00:0", "00:00:0c:07:ac", "00:00:0c:9f:f", "00:07:b4:");

    Optional<AnswerRoute> detour(Optional<LocalServer> server) {
        KernelRoute usualWay = machine.answer(own);
        Optional<String> only = Optional.empty();
        List<RuleRoute> some = new ArrayList<>();
        boolean decided = false;
        for (RuleRoute ruled : machine.ruled().getOrDefault(own, List.of())) {
            RoutingRule.Packets packets = ruled.packets();
            if (server.filter(packets::areAllOf).isPresent()) {
                // The first rule that is about all of its answers decides.
                usualWay = decided ? usualWay : ruled.way();
                only = decided ? only : Optional.of(packets.description());
                decided = true;
            } else if (server.map(packets::mayBeOf).orElse(true)) {
                some.add(ruled);
            }
        }
        boolean told = !(usualWay instanceof KernelRoute.CannotBeTold);
        return told
                ? compared(usual(usualWay), some)
                : Optional.of(new AnswerRoute.NotTold(only))
                        .filter(ignored -> machine.answers().containsKey(own))
                        .map(way -> way);
    }

    private Optional<AnswerRoute> compared(Optional<AnswerRoute.OfAll> usual, List<RuleRoute> some) {
        for (RuleRoute ruled : some) {
            if (!(ruled.way() instanceof KernelRoute.CannotBeTold)) {
                Optional<AnswerRoute> other = compared(usual, usual(ruled.way()), ruled.packets());
                if (other.isPresent()) {
                    return other;
                }
            }
        }
        for (RuleRoute ruled : some) {
            if (ruled.way() instanceof KernelRoute.CannotBeTold
                    && !ruled.packets().excludedFromVpn()) {
                return Optional.of(
                        new AnswerRoute.NotTold(Optional.of(ruled.packets().description())));
            }
        }
        return usual.map(way -> way);
    }

    private static Optional<AnswerRoute> compared(
            Optional<AnswerRoute.OfAll> usual, Optional<AnswerRoute.OfAll> theirs, RoutingRule.Packets packets) {
        if (usual.isPresent() == theirs.isPresent()) {
            return Optional.empty();
        }
        if (packets.isToSome()) {
            return usual.or(() -> theirs).map(AnswerRoute.ToSome::new);
        }
        if (theirs.isPresent()) {
            return Optional.of(new AnswerRoute.OfSome(theirs.get(), packets.description()));
        }
        // What a VPN lets past it by its usual rules is said with the VPN.
        return packets.excludedFromVpn()
                ? Optional.empty()
                : Optional.of(new AnswerRoute.ExceptSome(usual.orElseThrow(), packets.description()));
    }

    private Optional<AnswerRoute.OfAll> usual(KernelRoute answer) {
        if (machine.leadsNowhere(answer)) {
            return Optional.of(new AnswerRoute.Nowhere());
        }
        return switch (answer) {
            case KernelRoute.Known way
            when machine.kind(way.interfaceName()).isTunnel() ->
                Optional.of(new AnswerRoute.ByTunnel(way.interfaceName()));
            case KernelRoute.Known way -> byOther(way);
            case KernelRoute.Unreachable ignored -> Optional.empty();
            case KernelRoute.CannotBeTold ignored -> Optional.empty();
        };
    }

    /** Two links may lead to the same router, and a router may have several addresses on one link. */
    private Optional<AnswerRoute.OfAll> byOther(KernelRoute.Known way) {
        if (machine.kind(way.interfaceName()) == LinkKind.LOOPBACK) {
            // Such as what a proxy of this machine takes to itself.
            return Optional.of(new AnswerRoute.ByOtherLink(way.interfaceName()));
        }
        if (gateway.isEmpty()
                || way.nextHop().isEmpty()
                || IpVersion.of(gateway.get()) != IpVersion.of(way.nextHop().get())
                || gateway.get().equals(way.nextHop().get())) {
            return Optional.empty();
        }
        String asked = card(gateway.get());
        String next = card(way.nextHop().get());
        boolean cardsKnown = !asked.isEmpty() && !next.isEmpty();
        if (cardsKnown && asked.equals(next)) {
            return Optional.empty();
        }
        if (!isOn(way.interfaceName(), own)) {
            return Optional.of(new AnswerRoute.ByOtherLink(way.interfaceName()));
        }
        // Nothing is known of a router that this machine has not talked to yet.
        boolean apart = cardsKnown ? !isShared(asked) && !isShared(next) : isOneOfSeveral(way);
        return apart ? Optional.of(new AnswerRoute.ByOtherRouter(way.nextHop().get())) : Optional.empty();
    }

    private boolean isOneOfSeveral(KernelRoute.Known way) {
        return machine.routes().stream()
                .anyMatch(route -> route.isOneOfSeveral()
                        && route.interfaceName().equals(way.interfaceName())
                        && route.gateway().equals(way.nextHop()));
    }

    private boolean isOn(String interfaceName, InetAddress address) {
        return machine.addresses().stream()
                .anyMatch(one ->
                        one.address().equals(address) && one.interfaceName().equals(interfaceName));
    }

    private String card(InetAddress address) {
        return machine.neighbours().getOrDefault(address, "").toLowerCase(Locale.ROOT);
    }

    private static boolean isShared(String card) {
        return VIRTUAL_ROUTERS.stream().anyMatch(card::startsWith);
    }
}
