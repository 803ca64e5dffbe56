package dev.ajar.gateway.admin.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks of the router behind {@link FakeSessionRpc}, and its firewall's zones. */
final class FakeNetworks {
    private List<Map<String, Object>> zones = List.of(zone("lan", "lan", false), zone("wan", "wan", true));
    private boolean twoWays;

    private static Map<String, Object> zone(String name, String network, boolean hides) {
        return Map.of(".type", "zone", "name", name, "network", List.of(network), "masq", hides ? "yes" : "0");
    }

    Map<String, Object> zones() {
        Map<String, Object> all = new LinkedHashMap<>();
        zones.forEach(zone -> all.put("cfg0" + (all.size() + 1), zone));
        return all;
    }

    /** Another zone hides addresses too, and has the default route. */
    void hasTwoWays() {
        twoWays = true;
        zones = Stream.concat(zones.stream(), Stream.of(zone("fibre", "isp", true)))
                .toList();
    }

    void hasZones(String... names) {
        zones = Stream.of(names).map(name -> zone(name, name, false)).toList();
    }

    Map<String, Object> interfaces() {
        List<Object> networks = List.of(
                network("lan", 0, "192.168.1.1"),
                network("wan", twoWays ? 20 : 10, "203.0.113.7"),
                network("isp", twoWays ? 10 : 0, "203.0.113.8"));
        return Map.of("interface", networks);
    }

    /** @param metric of its default route; 0 where it has none */
    private static Map<String, Object> network(String name, int metric, String address) {
        Map<String, Object> route = Map.of("target", "0.0.0.0", "mask", 0, "metric", metric);
        List<Object> addresses = List.of(Map.of("address", address, "mask", 24));
        return Map.of("interface", name, "route", metric == 0 ? List.of() : List.of(route), "ipv4-address", addresses);
    }
}
