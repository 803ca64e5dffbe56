package dev.ajar.system;

import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through a tunnel ajar reaches only its far end. */
class HomeNetworkTest {
    /** All destinations are reached through one interface. */
    private record Through(LocalRoute route) implements NetworkView {
        @Override
        public List<LocalRoute> routes() {
            return List.of(route);
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return Optional.of(route);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eth0, 192.168.77.10, 24, 192.168.77.1, true",
        "eth0, 192.168.77.10, 24, 10.2.0.1, true",
        "wg0, 10.2.0.2, 32, 10.2.0.1, true",
        "tun0, 10.2.0.2, 24, 10.2.0.1, true",
        "wg0, 10.2.0.2, 32, 10.2.1.1, false",
        "wg0, 10.2.0.2, 32, 192.168.77.1, false",
        "tun0, 10.2.0.2, 16, 10.2.9.1, true",
        "tun0, 10.2.0.2, 30, 10.2.0.9, true"
    })
    void where_a_way_leads(String interfaceName, String local, int prefix, String destination, boolean followed) {
        LocalRoute route = new LocalRoute(interfaceName, ip(local), prefix, Optional.empty());

        assertThat(new HomeNetwork(new Through(route)).towards(ip(destination)).isPresent())
                .isEqualTo(followed);
    }

    @ParameterizedTest
    @CsvSource({"eth0, 1", "wg0, 0", "tun3, 0", "docker0, 0"})
    void no_router_is_looked_for_behind_a_tunnel(String interfaceName, int routes) {
        LocalRoute route = new LocalRoute(interfaceName, HERE, 24, Optional.of(ip("192.168.77.1")));

        assertThat(new HomeNetwork(new Through(route)).routes()).hasSize(routes);
    }
}
