package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.lan.DeviceNames;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.host.Neighbour;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page shows of this machine's networks. */
class DevicesTest {
    private static LocalRoute route(String name, String address, String gateway) {
        return new LocalRoute(name, Addresses.parse(address).orElseThrow(), 24, Addresses.parse(gateway));
    }

    /** A home, a network that only devices are on, and a name that is no one's to read as markup. */
    private static NetworkView network() {
        LocalRoute home = route("wlan0", "192.168.1.10", "192.168.1.1");
        LocalRoute cable = route("eth1\u001b[2J", "10.9.0.5", "");
        return new NetworkView() {
            @Override
            public List<LocalRoute> routes() {
                return List.of(home, cable);
            }

            @Override
            public Optional<LocalRoute> towards(InetAddress destination) {
                return Optional.of(home);
            }
        };
    }

    private static JsonObject document(Neighbour... neighbours) {
        ManualTimeline timeline = new ManualTimeline();
        ScriptedPorts ports =
                new ScriptedPorts(timeline, Addresses.parse("192.168.1.10").orElseThrow());
        DeviceNames names = new DeviceNames(ports, timeline, (home, devices) -> Map.of(), work -> {});
        return JsonReader.read(new Devices(network(), names, () -> List.of(neighbours))
                .document()
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Neighbour neighbour(String address, String card, String... interfaceName) {
        return new Neighbour(
                Addresses.parse(address).orElseThrow(),
                card,
                Stream.of(interfaceName).findFirst());
    }

    private static List<String> shown(JsonObject document) {
        return document.objects("devices").stream()
                .map(device -> device.text("address") + " " + device.text("kind") + " "
                        + device.optionalText("maker").orElse("-"))
                .toList();
    }

    @Test
    void neighbours_have_the_makers_of_their_cards_and_are_asked_for_their_names() {
        JsonObject document = document(
                neighbour("192.168.1.1", "02:00:00:00:00:01", "wlan0"),
                neighbour("192.168.1.20", "b8:27:eb:01:02:03", "wlan0"),
                neighbour("10.9.0.7", "b8:27:eb:01:02:04", "eth1"));
        assertThat(document.flag("asking")).isTrue();
        assertThat(shown(document))
                .containsExactly(
                        "192.168.1.10 this machine -", "192.168.1.1 router -", "192.168.1.20 neighbour Raspberry Pi");
        assertThat(document().flag("asking")).isFalse();
    }

    @Test
    void where_no_interface_is_told_a_neighbour_is_on_the_network_of_its_address() {
        assertThat(shown(document(
                        neighbour("192.168.1.1", "02:00:00:00:00:01"),
                        neighbour("192.168.1.20", "b8:27:eb:01:02:03"),
                        neighbour("10.9.0.7", "b8:27:eb:01:02:04"))))
                .containsExactly(
                        "192.168.1.10 this machine -", "192.168.1.1 router -", "192.168.1.20 neighbour Raspberry Pi");
    }

    @Test
    void the_ways_of_this_machine_are_told_with_their_addresses() {
        assertThat(document().objects("ways"))
                .extracting(
                        way -> way.text("interface"),
                        way -> way.text("kind"),
                        way -> way.text("address"),
                        way -> way.flag("first"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("wlan0", "home", "192.168.1.10", true),
                        org.assertj.core.groups.Tuple.tuple("eth1[2J", "attached", "10.9.0.5", false));
    }

    @Test
    void this_machine_is_a_device_where_a_router_is() {
        assertThat(document().objects("devices"))
                .extracting(device -> device.text("address"))
                .contains("192.168.1.10")
                .doesNotContain("10.9.0.5");
    }
}
