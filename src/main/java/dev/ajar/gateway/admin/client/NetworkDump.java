package dev.ajar.gateway.admin.client;

import dev.ajar.model.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logical interfaces of the router with their addresses and routes.
 *
 * @param interfaces as {@code network.interface dump} tells them
 */
record NetworkDump(List<Object> interfaces) {
    NetworkDump {
        interfaces = List.copyOf(interfaces);
    }

    static NetworkDump of(Map<String, Object> reply) {
        return new NetworkDump(JsonBody.list(reply.get("interface")));
    }

    /** The interfaces with a default route for IPv4, the preferred one first. */
    List<String> routed() {
        return uplinks().map(one -> JsonBody.text(one, "interface")).toList();
    }

    /**
     * The address on the internet side.
     *
     * @param networks the interfaces of the zone that faces the internet
     */
    Optional<InetAddress> address(Collection<String> networks) {
        return uplinks()
                .filter(one -> networks.contains(JsonBody.text(one, "interface")))
                .flatMap(one -> JsonBody.list(JsonBody.map(one).get("ipv4-address")).stream())
                .flatMap(address -> Addresses.parse(JsonBody.text(address, "address")).stream())
                .filter(Inet4Address.class::isInstance)
                .findFirst();
    }

    private Stream<Object> uplinks() {
        return interfaces.stream()
                .filter(one -> defaultRoutes(one).findAny().isPresent())
                .sorted(Comparator.comparingLong(one ->
                        defaultRoutes(one).mapToLong(NetworkDump::metric).min().orElse(0)));
    }

    private static Stream<Object> defaultRoutes(Object one) {
        return JsonBody.list(JsonBody.map(one).get("route")).stream()
                .filter(route -> JsonBody.text(route, "target").equals("0.0.0.0")
                        && JsonBody.text(route, "mask").equals("0"));
    }

    private static long metric(Object route) {
        String text = JsonBody.text(route, "metric");
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    }
}
