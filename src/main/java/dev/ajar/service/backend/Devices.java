package dev.ajar.service.backend;

import dev.ajar.document.JsonMembers;
import dev.ajar.json.JsonWriter;
import dev.ajar.lan.CardMakers;
import dev.ajar.lan.DeviceNames;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.host.Neighbour;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The devices that a port can lead to: this machine, and those of its home network that the kernel has talked to
 * lately, by this machine's own table. They are asked for their names.
 */
final class Devices {
    private static final int MOST = 256;

    private final NetworkView network;
    private final DeviceNames names;
    private final Supplier<List<Neighbour>> table;

    /** @param table asks the system for the neighbours of this machine */
    Devices(NetworkView network, DeviceNames names, Supplier<List<Neighbour>> table) {
        this.network = network;
        this.names = names;
        this.table = table;
    }

    String document() {
        List<LocalRoute> homes = network.routes().stream()
                .filter(route -> route.gateway().isPresent())
                .filter(route ->
                        Addresses.ipv4(Addresses.text(route.localAddress())).isPresent())
                .toList();
        List<Map<String, Object>> devices = new ArrayList<>();
        for (LocalRoute home : homes) {
            devices.add(device(Addresses.text(home.localAddress()), "this machine", Optional.empty(), Map.of()));
        }
        List<Neighbour> neighbours = table.get().stream().limit(MOST).toList();
        Map<String, String> makers =
                CardMakers.of(neighbours.stream().map(Neighbour::card).toList());
        Map<LocalRoute, List<InetAddress>> asked = new LinkedHashMap<>();
        for (LocalRoute home : homes) {
            asked.put(
                    home,
                    neighbours.stream()
                            .filter(one -> isOn(home, one))
                            .map(Neighbour::address)
                            .toList());
        }
        names.ask(asked);
        for (Neighbour one : neighbours) {
            homes.stream()
                    .filter(home -> isOn(home, one))
                    .findFirst()
                    .ifPresent(home -> devices.add(device(
                            Addresses.text(one.address()),
                            home.gateway().filter(one.address()::equals).isPresent() ? "router" : "neighbour",
                            Optional.of(one.card()),
                            makers)));
        }
        return JsonWriter.write(new JsonMembers()
                .with("schema", 1)
                .with("command", "devices")
                .with("exit_code", 0)
                .with("devices", devices)
                .with("asking", names.isAsking())
                .with("ways", ways(homes))
                .with("error", Optional.empty())
                .map());
    }

    /**
     * The networks this machine is on, in the order in which it takes them: to a router, through a tunnel, inside
     * itself.
     */
    private List<Map<String, Object>> ways(List<LocalRoute> homes) {
        Machine machine = network.machine();
        boolean first = true;
        List<Map<String, Object>> ways = new ArrayList<>();
        for (LocalRoute way : network.allRoutes()) {
            boolean home = homes.contains(way);
            String kind = home ? "home" : beside(machine.kind(way.interfaceName()));
            ways.add(new JsonMembers()
                    .with("interface", new RouterText(way.interfaceName()).display())
                    .with("kind", kind)
                    .with("address", Addresses.text(way.localAddress()))
                    .with("gateway", way.gateway().map(Addresses::text))
                    .with("first", first && way.leadsOut())
                    .map());
            first &= !way.leadsOut();
        }
        return ways;
    }

    private static String beside(LinkKind kind) {
        return switch (kind) {
            case TUNNEL, POINT_TO_POINT -> "tunnel";
            case BRIDGE, CONTAINER_BRIDGE, CONTAINER_END, ROUTING_DOMAIN, DUMMY, LOOPBACK -> "inner";
            case ETHERNET, WIFI, VLAN, BOND, STACKED, UNKNOWN -> "attached";
        };
    }

    private Map<String, Object> device(String address, String kind, Optional<String> card, Map<String, String> makers) {
        return new JsonMembers()
                .with("address", address)
                .with("kind", kind)
                .with("card", card)
                .with("maker", card.map(makers::get))
                .with("name", Addresses.ipv4(address).flatMap(names::of))
                .map();
    }

    /** Windows tells no interface, but no two of its networks have the same addresses. */
    private static boolean isOn(LocalRoute home, Neighbour device) {
        return device.interfaceName().map(home.interfaceName()::equals).orElseGet(() -> home.reaches(device.address()));
    }
}
