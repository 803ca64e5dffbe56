package dev.ajar.keeper;

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

/** A move is told of the version of IP that moved, once, and not at every flap of a link. */
class NetworkChangeDetectorTest {
    private static final InetAddress OTHER = ip("192.168.77.2");

    private final ManualTimeline timeline = new ManualTimeline();
    private final Attachments network = new Attachments();
    private final NetworkChangeDetector context = new NetworkChangeDetector(network, timeline);

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
    void looked_once() {
        assertThat(context.changed()).isEmpty();
        timeline.advance(Duration.ofSeconds(6));
    }

    @Test
    void another_prefix_is_no_news_of_ipv4() {
        network.ipv6 = prefix("2001:db8:1::10");
        assertThat(context.changed()).containsExactly(IpVersion.IPV6);
        timeline.advance(Duration.ofSeconds(6));
        network.ipv6 = prefix("2001:db8:2::10");

        assertThat(context.changed()).containsExactly(IpVersion.IPV6);
        assertThat(context.changed()).isEmpty();
        assertThat(context.formerGateway()).isEmpty();
    }

    @Test
    void another_router_is_no_news_of_ipv6() {
        network.ipv4 = behind(OTHER);

        assertThat(context.changed()).containsExactly(IpVersion.IPV4);
        assertThat(context.formerGateway()).contains(GATEWAY);
    }

    @Test
    void a_link_that_flaps_is_told_every_five_seconds_at_most() {
        network.ipv4 = List.of();
        assertThat(context.changed()).containsExactly(IpVersion.IPV4);
        network.ipv4 = List.of(ROUTE);

        timeline.advance(Duration.ofSeconds(4));
        assertThat(context.changed()).isEmpty();
        timeline.advance(Duration.ofSeconds(2));
        assertThat(context.changed()).containsExactly(IpVersion.IPV4);
    }

    @Test
    void a_cable_that_was_out_is_no_other_way() {
        network.ipv4 = List.of();
        context.changed();
        timeline.advance(Duration.ofSeconds(6));
        network.ipv4 = List.of(ROUTE);
        context.changed();

        assertThat(context.formerGateway()).isEmpty();
    }
}
