package dev.ajar.system.capture;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what {@code ip -j} of iproute2 prints. An entry it cannot read is left out. */
final class IpProgramJson {
    private static final InetAddress ZERO = Addresses.parse("0.0.0.0").orElseThrow();
    private static final InetAddress ZERO_V6 = Addresses.parse("::").orElseThrow();
    private static final int MOST = 4096;

    private IpProgramJson() {}

    /** Whether the program has answered in JSON, with one entry at least. */
    static boolean isAnything(String text) {
        return !all(text, Optional::of).isEmpty();
    }

    /** The answer to {@code ip -j route get}; an empty text is the kernel's "unreachable". */
    static KernelRoute way(String text, InetAddress asked) {
        List<KernelRoute> ways = all(text, entry -> knownWay(entry, asked));
        return ways.isEmpty()
                ? text.isBlank() ? new KernelRoute.Unreachable() : new KernelRoute.CannotBeTold()
                : ways.getFirst();
    }

    private static Optional<KernelRoute> knownWay(JsonObject entry, InetAddress asked) {
        if (entry.optionalText("type")
                .filter(type -> !type.equals("unicast") && !type.equals("local"))
                .isPresent()) {
            return Optional.of(new KernelRoute.Unreachable());
        }
        Optional<InetAddress> source = entry.optionalText("prefsrc")
                .or(() -> entry.optionalText("from"))
                .flatMap(Addresses::parse);
        return source.or(() -> Optional.of(asked))
                .flatMap(from -> entry.optionalText("dev")
                        .map(device -> new KernelRoute.Known(from, device, gateway(entry), table(entry))));
    }

    /** What {@code ip route get} names beside the usual tables. */
    private static Optional<String> table(JsonObject entry) {
        return entry.optionalText("table").filter(name -> !RoutingRule.USUAL.contains(name));
    }

    /** {@code ip -j route show table all}: the routes with a gateway, or to large parts of all addresses. */
    static List<RouteEntry> routes(String text, IpVersion ipVersion) {
        List<RouteEntry> all = new ArrayList<>();
        for (List<RouteEntry> some : all(text, entry -> Optional.of(routesOf(entry, ipVersion)))) {
            all.addAll(some);
        }
        return all;
    }

    /** One for each next hop: a route can have several. */
    private static List<RouteEntry> routesOf(JsonObject entry, IpVersion ipVersion) {
        if (entry.optionalText("type").filter(type -> !type.equals("unicast")).isPresent()) {
            return List.of();
        }
        List<RouteEntry> routes = new ArrayList<>();
        List<JsonObject> hops = entry.has("nexthops") ? entry.objects("nexthops") : List.of(entry);
        for (JsonObject hop : hops) {
            route(entry, hop, ipVersion).ifPresent(routes::add);
        }
        return routes;
    }

    private static Optional<RouteEntry> route(JsonObject entry, JsonObject hop, IpVersion ipVersion) {
        String[] network = entry.text("dst").split("/", 2);
        boolean everything = network[0].equals("default");
        Optional<InetAddress> destination =
                everything ? Optional.of(ipVersion == IpVersion.IPV4 ? ZERO : ZERO_V6) : Addresses.parse(network[0]);
        int longest = ipVersion == IpVersion.IPV4 ? 32 : 128;
        int prefixLength = everything ? 0 : network.length == 2 ? Integer.parseInt(network[1]) : longest;
        Optional<InetAddress> gateway = gateway(hop);
        Optional<String> device = hop.optionalText("dev").or(() -> entry.optionalText("dev"));
        boolean told = prefixLength <= 3 || gateway.isPresent();
        boolean otherFamily =
                destination.filter(first -> IpVersion.of(first) != ipVersion).isPresent()
                        || (ipVersion == IpVersion.IPV4
                                && gateway.filter(next -> IpVersion.of(next) != ipVersion)
                                        .isPresent());
        if (otherFamily || destination.isEmpty() || device.isEmpty() || !told) {
            return Optional.empty();
        }
        return Optional.of(new RouteEntry(
                destination.get(),
                prefixLength,
                device.get(),
                gateway,
                entry.optionalText("prefsrc").flatMap(Addresses::parse),
                entry.optionalNumber("metric").orElse(0L),
                entry.optionalText("table").orElse(RouteEntry.MAIN),
                entry.has("nexthops")));
    }

    private static Optional<InetAddress> gateway(JsonObject hop) {
        return hop.optionalText("gateway")
                .or(() -> hop.object("via").flatMap(via -> via.optionalText("host")))
                .flatMap(Addresses::parse);
    }

    /** The kinds that {@code ip -j -d link} names, by interface; {@code /sys} does not tell these apart. */
    static Map<String, LinkKind> kinds(String text) {
        Map<String, LinkKind> kinds = new HashMap<>();
        all(
                        text,
                        entry -> entry.object("linkinfo")
                                .flatMap(info -> info.optionalText("info_kind"))
                                .flatMap(IpProgramJson::kind)
                                .map(kind -> Map.entry(entry.text("ifname"), kind)))
                .forEach(found -> kinds.put(found.getKey(), found.getValue()));
        return kinds;
    }

    private static Optional<LinkKind> kind(String name) {
        return switch (name) {
            case "wireguard", "ipip", "sit", "gre", "ip6gre", "ip6tnl", "vti", "vti6", "xfrm", "amt", "ovpn" ->
                Optional.of(LinkKind.TUNNEL);
            case "vxlan", "geneve", "gretap", "ip6gretap", "erspan", "ip6erspan", "bareudp", "gtp", "batadv", "l2tp" ->
                Optional.of(LinkKind.TUNNEL);
            case "ppp", "rmnet", "wwan" -> Optional.of(LinkKind.POINT_TO_POINT);
            case "vrf" -> Optional.of(LinkKind.ROUTING_DOMAIN);
            case "dummy", "ifb", "nlmon", "vsockmon", "vcan" -> Optional.of(LinkKind.DUMMY);
            case "macvlan", "macvtap", "ipvlan", "ipvtap", "macsec" -> Optional.of(LinkKind.STACKED);
            // One end of a pair (veth) may be a tunnel: what the kernel shows of it decides.
            case "netkit" -> Optional.of(LinkKind.CONTAINER_END);
            case "vlan" -> Optional.of(LinkKind.VLAN);
            case "bond", "team" -> Optional.of(LinkKind.BOND);
            default -> Optional.empty();
        };
    }

    /**
     * {@code ip -j addr}: for each address whether it is for a limited time, which the kernel's files do not say of
     * IPv4.
     */
    static Set<InetAddress> assigned(String text) {
        Set<InetAddress> assigned = new HashSet<>();
        for (List<JsonObject> addresses : all(text, entry -> Optional.of(entry.objects("addr_info")))) {
            for (JsonObject address : addresses) {
                if (address.has("dynamic") && address.flag("dynamic")) {
                    Addresses.parse(address.optionalText("local").orElse("")).ifPresent(assigned::add);
                }
            }
        }
        return assigned;
    }

    /** {@code ip -j -6 neigh}: the network cards of the devices that this machine has talked to. */
    static Map<InetAddress, String> cards(String text) {
        Map<InetAddress, String> cards = new HashMap<>();
        all(
                        text,
                        entry -> entry.optionalText("lladdr")
                                .flatMap(card -> Addresses.parse(
                                                entry.optionalText("dst").orElse(""))
                                        .map(device -> Map.entry(device, card))))
                .forEach(found -> cards.put(found.getKey(), found.getValue()));
        return cards;
    }

    static <T> List<T> all(String text, Function<JsonObject, Optional<T>> reader) {
        List<T> found = new ArrayList<>();
        if (text.isBlank()) {
            return found;
        }
        try {
            List<JsonObject> entries = JsonReader.read(("{\"all\":" + text + "}").getBytes(StandardCharsets.UTF_8))
                    .objects("all");
            for (JsonObject entry : entries.subList(0, Math.min(MOST, entries.size()))) {
                one(entry, reader).ifPresent(found::add);
            }
        } catch (JsonException e) {
            return found;
        }
        return found;
    }

    private static <T> Optional<T> one(JsonObject entry, Function<JsonObject, Optional<T>> reader) {
        try {
            return reader.apply(entry);
        } catch (JsonException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
