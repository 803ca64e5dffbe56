package dev.ajar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

    private static JsonObject document() {
        return JsonReader.read(new Devices(network()).document().getBytes(StandardCharsets.UTF_8));
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
