package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.testing.ManualTimeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The hop behind the router, on the page. */
class NextHopTest {
    private final LocalRoute home = route("wlan0", "192.168.1.10", "192.168.1.1");
    private final LocalRoute tunnel = route("wg0", "10.8.0.2", "10.8.0.1");
    private final ManualTimeline timeline = new ManualTimeline();
    private final AtomicInteger asked = new AtomicInteger();

    private static LocalRoute route(String name, String address, String gateway) {
        return new LocalRoute(name, Addresses.parse(address).orElseThrow(), 24, Addresses.parse(gateway));
    }

    private static NetworkView network(LocalRoute home, List<LocalRoute> all) {
        return new NetworkView() {
            @Override
            public List<LocalRoute> routes() {
                return List.of(home);
            }

            @Override
            public List<LocalRoute> allRoutes() {
                return all;
            }

            @Override
            public Optional<LocalRoute> towards(InetAddress destination) {
                return Optional.of(home);
            }
        };
    }

    private NextHop hop(List<LocalRoute> all) {
        return new NextHop(network(home, all), timeline, () -> {
            asked.incrementAndGet();
            return Addresses.parse("192.168.0.1");
        });
    }

    @Test
    void it_is_asked_for_once_a_minute() {
        NextHop hop = hop(List.of(home));
        assertThat(hop.document()).contains("\"address\":\"192.168.0.1\"");
        timeline.advance(Duration.ofSeconds(59));
        assertThat(hop.document()).contains("\"address\":\"192.168.0.1\"");
        assertThat(asked).hasValue(1);
        timeline.advance(Duration.ofSeconds(1));
        assertThat(hop.document()).contains("\"address\":\"192.168.0.1\"");
        assertThat(asked).hasValue(2);
    }

    /** What is behind a tunnel is a server of the VPN. */
    @Test
    void through_a_tunnel_nothing_is_asked() {
        assertThat(hop(List.of(tunnel, home)).document()).contains("\"address\":null");
        assertThat(hop(List.of()).document()).contains("\"address\":null");
        assertThat(asked).hasValue(0);
    }
}
