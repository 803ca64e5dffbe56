package dev.ajar.service;

import dev.ajar.document.JsonMembers;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that a port can lead to: this machine, and those of its home network that the kernel has talked to lately. Only
 * this machine's own table is read; nothing is sent.
 */
final class Devices {
    private static final Path TABLE = Path.of("/proc/net/arp");
    private static final int MOST = 256;
    private static final String UNKNOWN_CARD = "00:00:00:00:00:00";

    private final NetworkView network;

    Devices(NetworkView network) {
        this.network = network;
    }

    String document() {
        List<LocalRoute> homes = network.routes().stream()
                .filter(route -> route.gateway().isPresent())
                .filter(route ->
                        Addresses.ipv4(Addresses.text(route.localAddress())).isPresent())
                .toList();
        List<Map<String, Object>> devices = new ArrayList<>();
        for (LocalRoute home : homes) {
            devices.add(device(Addresses.text(home.localAddress()), "this machine", Optional.empty()));
        }
        for (String[] row : table()) {
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
                            Optional.of(row[3]))));
        }
        return JsonWriter.write(new JsonMembers()
                .with("schema", 1)
                .with("command", "devices")
                .with("exit_code", 0)
                .with("devices", devices)
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

    private static Map<String, Object> device(String address, String kind, Optional<String> card) {
        return new JsonMembers()
                .with("address", address)
                .with("kind", kind)
                .with("card", card)
                .map();
    }

    private static List<String[]> table() {
        try {
            return Files.readString(TABLE, StandardCharsets.US_ASCII)
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
