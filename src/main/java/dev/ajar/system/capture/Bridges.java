package dev.ajar.system.capture;

import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.RouteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the bridge of a LAN from one of containers or virtual machines, whatever it is called. */
final class Bridges {
    private Bridges() {}

    static List<Link> told(List<Link> links, List<RouteEntry> routes) {
        Map<String, LinkKind> kinds = new HashMap<>();
        for (Link link : links) {
            kinds.put(link.name(), link.kind());
        }
        List<Link> told = new ArrayList<>();
        for (Link link : links) {
            boolean inner = link.kind() == LinkKind.BRIDGE && !hasCard(link, kinds) && !leadsOut(link, routes);
            told.add(
                    inner
                            ? new Link(
                                    link.index(),
                                    link.name(),
                                    LinkKind.CONTAINER_BRIDGE,
                                    link.up(),
                                    link.carrier(),
                                    link.master(),
                                    link.ports(),
                                    link.lower())
                            : link);
        }
        return told;
    }

    private static boolean hasCard(Link bridge, Map<String, LinkKind> kinds) {
        for (String port : bridge.ports()) {
            if (isCard(kinds.getOrDefault(port, LinkKind.UNKNOWN))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCard(LinkKind kind) {
        return switch (kind) {
            case ETHERNET, WIFI, VLAN, BOND, STACKED -> true;
            case BRIDGE,
                    CONTAINER_BRIDGE,
                    TUNNEL,
                    POINT_TO_POINT,
                    CONTAINER_END,
                    ROUTING_DOMAIN,
                    DUMMY,
                    LOOPBACK,
                    UNKNOWN -> false;
        };
    }

    private static boolean leadsOut(Link bridge, List<RouteEntry> routes) {
        for (RouteEntry route : routes) {
            if (route.isDefault() && route.interfaceName().equals(bridge.name())) {
                return true;
            }
        }
        return false;
    }
}
