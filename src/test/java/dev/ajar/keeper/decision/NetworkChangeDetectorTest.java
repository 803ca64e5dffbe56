package dev.ajar.keeper.decision;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.testing.ManualTimeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change is reported once, for the IP version it concerns, and at a limited rate while a link is unstable. */
class NetworkChangeDetectorTest {
    private static final InetAddress OTHER = ip("192.168.77.2");

    private final ManualTimeline timeline = new ManualTimeline();
    private final Attachments network = new Attachments();
    private final NetworkChangeDetector detector = new NetworkChangeDetector(network, timeline);

    private static final class Attachments implements NetworkView {
        private List<LocalRoute> ipv4 = List.of(ROUTE);
        private List<LocalRoute> ipv6 = List.of();

        @Override
        public List<LocalRoute> routes() {
            return ipv4;
        }

        @Override
        public List<LocalRoute> ipv6Routes() {
            return ipv6;
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return ipv4.stream().findFirst();
        }
    }

    private static List<LocalRoute> prefix(String address) {
        return List.of(new LocalRoute("eth0", Addresses.ipv6(address).orElseThrow(), 64, Addresses.ipv6("fe80::1")));
    }

    private static List<LocalRoute> behind(InetAddress gateway) {
        return List.of(new LocalRoute("eth0", HERE, 24, Optional.of(gateway)));
    }

    @BeforeEach
    void detect_initial_routes() {
        assertThat(detector.changed()).isEmpty();
        timeline.advance(Duration.ofSeconds(6));
    }

    @Test
    void another_ipv6_prefix_is_a_change_of_ipv6_only() {
        network.ipv6 = prefix("2001:db8:1::10");
        assertThat(detector.changed()).containsExactly(IpVersion.IPV6);
        timeline.advance(Duration.ofSeconds(6));
        network.ipv6 = prefix("2001:db8:2::10");

        assertThat(detector.changed()).containsExactly(IpVersion.IPV6);
        assertThat(detector.changed()).isEmpty();
        assertThat(detector.formerGateway()).isEmpty();
    }

    @Test
    void another_router_is_a_change_of_ipv4_only() {
        network.ipv4 = behind(OTHER);

        assertThat(detector.changed()).containsExactly(IpVersion.IPV4);
        assertThat(detector.formerGateway()).contains(GATEWAY);
    }

    @Test
    void an_unstable_link_is_reported_every_five_seconds_at_most() {
        network.ipv4 = List.of();
        assertThat(detector.changed()).containsExactly(IpVersion.IPV4);
        network.ipv4 = List.of(ROUTE);

        timeline.advance(Duration.ofSeconds(4));
        assertThat(detector.changed()).isEmpty();
        timeline.advance(Duration.ofSeconds(2));
        assertThat(detector.changed()).containsExactly(IpVersion.IPV4);
    }

    @Test
    void an_unplugged_cable_is_no_change_of_the_gateway() {
        network.ipv4 = List.of();
        detector.changed();
        timeline.advance(Duration.ofSeconds(6));
        network.ipv4 = List.of(ROUTE);
        detector.changed();

        assertThat(detector.formerGateway()).isEmpty();
    }
}
