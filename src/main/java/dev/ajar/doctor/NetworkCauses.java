package dev.ajar.doctor;

import dev.ajar.model.Reachability;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** This machine's own network is in the way. */
final class NetworkCauses {
    private NetworkCauses() {}

    static Optional<Verdict> of(Facts facts) {
        if (facts.routes().isEmpty()) {
            return Optional.of(Verdict.certain(
                    "no_network",
                    "This machine is on no network.",
                    "Plug the cable in or join the Wi-Fi, then run ajar doctor again.",
                    "no network interface has an IPv4 address"));
        }
        if (isBridged(facts)) {
            return Optional.of(Verdict.likely(
                    "container_bridge",
                    "ajar runs in a container, on a network of its own: no router can forward anything to that.",
                    "Run the container with the host's network (docker run --network host), or run ajar on the host.",
                    "the files of a container are here, and its address is "
                            + facts.routes().getFirst().localAddress().getHostAddress()));
        }
        if (facts.home().isEmpty() && facts.tunnelled()) {
            return Optional.of(Verdict.certain(
                    "vpn_has_route",
                    "A VPN has taken the way to the internet, so the router at home is out of sight.",
                    "Switch the VPN off, or name the router at home: ajar open PORT --gateway 192.168.1.1",
                    "the default route goes through "
                            + facts.routes().getFirst().interfaceName()));
        }
        if (facts.home().isEmpty()) {
            return Optional.of(Verdict.certain(
                    "no_default_route",
                    "This machine knows no way to the internet: it has an address, and no router.",
                    "Set its network to automatic (DHCP), or name the router: ajar open PORT --gateway 192.168.1.1",
                    "no network has a default gateway"));
        }
        Optional<InetAddress> gateway = facts.home().flatMap(LocalRoute::gateway);
        if (Reachability.of(gateway) == Reachability.PUBLIC
                && !isLaboratory(gateway)
                && facts.survey().seen().isEmpty()) {
            return Optional.of(Verdict.likely(
                    "not_behind_nat",
                    "This machine stands in the internet itself: there is no router at home to ask.",
                    "Open the port in this machine's own firewall, or in the hosting provider's panel.",
                    "the gateway " + gateway.map(InetAddress::getHostAddress).orElse("") + " has a public address"));
        }
        return Optional.empty();
    }

    /** The networks of documentation are nobody's (RFC 5737). */
    private static boolean isLaboratory(Optional<InetAddress> address) {
        return address.map(InetAddress::getHostAddress)
                .filter(text ->
                        text.startsWith("192.0.2.") || text.startsWith("198.51.100.") || text.startsWith("203.0.113."))
                .isPresent();
    }

    /** 172.16.0.0/12 is what Docker gives its bridges, 10.88.0.0/16 what Podman does. */
    private static boolean isBridged(Facts facts) {
        return facts.container()
                && facts.survey().seen().isEmpty()
                && facts.routes().stream()
                        .map(route -> route.localAddress().getAddress())
                        .anyMatch(bytes -> ((bytes[0] & 0xFF) == 172 && (bytes[1] & 0xF0) == 16)
                                || ((bytes[0] & 0xFF) == 10 && (bytes[1] & 0xFF) == 88));
    }

    /** Odd, and no reason by itself. */
    static List<Verdict> remarks(Facts facts) {
        List<Verdict> remarks = new ArrayList<>();
        List<LocalRoute> ways = facts.routes().stream()
                .filter(route -> route.gateway().isPresent())
                .toList();
        if (ways.size() > 1) {
            remarks.add(Verdict.certain(
                    "several_default_routes",
                    "This machine has several ways to the internet; ajar asks the first.",
                    "To ask another: ajar open PORT --gateway ADDRESS",
                    ways.stream()
                            .map(route -> route.interfaceName()
                                    + " through "
                                    + route.gateway()
                                            .map(InetAddress::getHostAddress)
                                            .orElse(""))
                            .collect(Collectors.joining(", "))));
        }
        long boxes = facts.survey().seen().stream()
                .map(seen -> seen.info().id().address())
                .distinct()
                .count();
        if (boxes > 1) {
            remarks.add(Verdict.certain(
                    "two_gateways",
                    "Two routers on this network offer to open ports; ajar asks the one that leads to the internet.",
                    "To ask the other: ajar open PORT --gateway ADDRESS",
                    facts.survey().seen().stream()
                            .map(seen -> seen.info().id().address().getHostAddress())
                            .distinct()
                            .collect(Collectors.joining(", "))));
        }
        return remarks;
    }
}
