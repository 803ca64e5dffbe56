package dev.ajar.service.backend;

import dev.ajar.document.JsonMembers;
import dev.ajar.json.JsonWriter;
import dev.ajar.lan.CardMakers;
import dev.ajar.lan.DeviceNames;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that a port can lead to: this machine, and those of its home network that the kernel has talked to lately, by
 * this machine's own table. They are asked for their names.
 */
final class Devices {
    private static final Path TABLE = Path.of("/proc/net/arp");
    private static final int MOST = 256;
    private static final String UNKNOWN_CARD = "00:00:00:00:00:00";

    private final NetworkView network;
    private final DeviceNames names;
    private final Path table;

    Devices(NetworkView network, DeviceNames names) {
        this(network, names, TABLE);
    }

    /** @param table as the kernel of Linux shows its neighbours */
    Devices(NetworkView network, DeviceNames names, Path table) {
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
        List<String[]> rows = table();
        Map<String, String> makers =
                CardMakers.of(rows.stream().map(row -> row[3]).toList());
        Map<LocalRoute, List<InetAddress>> asked = new LinkedHashMap<>();
        for (LocalRoute home : homes) {
            asked.put(
                    home,
                    rows.stream()
                            .filter(row -> home.interfaceName().equals(row[5]))
                            .flatMap(row -> Addresses.ipv4(row[0]).stream())
                            .toList());
        }
        names.ask(asked);
        for (String[] row : rows) {
            homes.stream()
                    .filter(home -> home.interfaceName().equals(row[5]))
                    .findFirst()
                    .ifPresent(home -> devices.add(device(
                            row[0],
                            home.gateway()
                                            .map(Addresses::text)
                                            .filter(row[0]::equals)
                                            .isPresent()
                                    ? "router"
                                    : "neighbour",
                            Optional.of(row[3]),
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

    /** The networks this machine is on, in the order in which it takes them: to a router, through a tunnel, inside itself. */
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

    private List<String[]> table() {
        try {
            return Files.readString(table, StandardCharsets.US_ASCII)
                    .lines()
                    .skip(1)
                    .limit(MOST)
                    .map(line -> line.split("\\s+"))
                    .filter(row -> row.length > 5 && !row[3].equals(UNKNOWN_CARD))
                    .filter(row -> Addresses.ipv4(row[0]).isPresent())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
