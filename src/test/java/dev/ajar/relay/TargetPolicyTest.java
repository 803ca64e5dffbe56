package dev.ajar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X8. */
class TargetPolicyTest {
    private final List<LocalRoute> routes = new ArrayList<>(
            List.of(new LocalRoute("eth0", address("192.168.1.10"), 24, Optional.of(address("192.168.1.1")))));

    private final TargetPolicy policy = TargetPolicy.of(new NetworkView() {
        @Override
        public List<LocalRoute> routes() {
            return routes;
        }

        @Override
        public List<LocalRoute> innerRoutes() {
            return List.of(new LocalRoute("docker0", address("172.17.0.1"), 16, Optional.empty()));
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return Optional.empty();
        }
    });

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1|this machine",
                "127.4.5.6|this machine",
                "192.168.1.10|this machine",
                "0.0.0.0|not the address of a device",
                "169.254.169.254|gives itself",
                "192.168.1.1|the router",
                "224.0.0.251|many devices",
                "239.255.255.250|many devices",
                "255.255.255.255|many devices",
                "192.168.1.255|many devices",
                "192.168.1.0|address of the network",
                "203.0.113.7|on the internet",
                "8.8.8.8|on the internet",
                "192.168.2.20|not on a network",
                "10.0.0.1|not on a network",
                "172.17.255.255|many devices",
                "172.18.0.2|not on a network"
            })
    void only_devices_of_this_network_are_allowed(String device, String why) {
        assertThat(policy.objection(address(device))).get().asString().contains(why);
    }

    @Test
    void a_container_of_this_machine_is_allowed() {
        assertThat(policy.objection(address("172.17.0.2"))).isEmpty();
    }

    @Test
    void a_device_is_allowed_as_long_as_it_is_on_this_network() {
        assertThat(policy.objection(address("192.168.1.20"))).isEmpty();

        routes.set(0, new LocalRoute("eth0", address("192.168.5.10"), 24, Optional.of(address("192.168.5.1"))));

        assertThat(policy.objection(address("192.168.1.20"))).isPresent();
        assertThat(policy.objection(address("192.168.5.20"))).isEmpty();
    }
}
