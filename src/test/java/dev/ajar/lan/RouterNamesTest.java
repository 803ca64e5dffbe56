package dev.ajar.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouterNamesTest {
    private static final Inet4Address CAMERA = NamePacketsTest.address("192.168.1.20");
    private static final Inet4Address NAS = NamePacketsTest.address("192.168.1.30");
    private static final LocalRoute HOME =
            new LocalRoute("wlan0", NamePacketsTest.address("192.168.1.10"), 24, Addresses.parse("192.168.1.1"));
    private static final InetSocketAddress ROUTER = new InetSocketAddress(NamePacketsTest.address("192.168.1.1"), 53);
    private static final String OF_CAMERA = "20.1.168.192.in-addr.arpa";
    private static final String OF_NAS = "30.1.168.192.in-addr.arpa";

    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HOME.localAddress());

    /** The number of the first question is one more than this. */
    private final int before = new SplittableRandom(7).nextInt(1 << 16);

    private Map<Inet4Address, String> names(Inet4Address... devices) {
        return new RouterNames(ports, timeline, new SplittableRandom(7)).of(HOME, List.of(devices));
    }

    private byte[] answer(int question, String owner, String... labels) {
        byte[] packet = NamePacketsTest.answer(owner, labels);
        packet[0] = (byte) ((before + question) >> 8);
        packet[1] = (byte) (before + question);
        return packet;
    }

    private void hears(InetSocketAddress sender, byte[] packet) {
        ports.arrives(Duration.ofMillis(20), sender, packet);
    }

    @Test
    void the_router_is_asked_for_each_without_recursion() {
        hears(ROUTER, answer(2, OF_NAS, "cellar"));
        hears(ROUTER, answer(1, OF_CAMERA, "garden-camera", "home"));

        assertThat(names(CAMERA, NAS)).isEqualTo(Map.of(CAMERA, "garden-camera", NAS, "cellar"));
        assertThat(ports.sentTo()).containsExactly(ROUTER, ROUTER);
        assertThat(ports.sent()).allMatch(packet -> packet[2] == 0 && packet[3] == 0 && packet[5] == 1);
        assertThat(timeline.uptime()).as("all have answered").isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void other_senders_numbers_and_addresses_are_not_believed() {
        hears(new InetSocketAddress(NAS, 53), answer(1, OF_CAMERA, "by-another-device"));
        hears(new InetSocketAddress(ROUTER.getAddress(), 5353), answer(1, OF_CAMERA, "by-another-port"));
        hears(ROUTER, answer(9, OF_CAMERA, "another-number"));
        hears(ROUTER, new byte[] {1, 2, 3});
        hears(ROUTER, answer(1, OF_NAS, "another-address"));
        hears(ROUTER, answer(1, OF_CAMERA, "asked-once"));

        assertThat(names(CAMERA)).isEmpty();
    }

    @Test
    void a_name_that_is_made_of_the_address_is_none() {
        hears(ROUTER, answer(1, OF_CAMERA, "host-192-168-1-20", "provider", "example"));
        hears(ROUTER, answer(2, OF_NAS, "192.168.1.30"));

        assertThat(names(CAMERA, NAS)).isEmpty();
    }

    @Test
    void a_name_is_harmless_text() {
        hears(ROUTER, answer(1, OF_CAMERA, "\u001b[31mred" + "x".repeat(50)));

        assertThat(names(CAMERA).get(CAMERA)).doesNotContain("\u001b").hasSizeLessThanOrEqualTo(DeviceNames.LONGEST);
    }

    @Test
    void a_router_without_such_a_server_costs_no_time() {
        ports.unreachable(Duration.ofMillis(1));

        assertThat(names(CAMERA)).isEmpty();
        assertThat(timeline.uptime()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void nothing_is_asked_without_a_router_or_devices() {
        LocalRoute apart = new LocalRoute("eth0", HOME.localAddress(), 24, Optional.empty());

        assertThat(new RouterNames(ports, timeline, new SplittableRandom(7)).of(apart, List.of(CAMERA)))
                .isEmpty();
        assertThat(names()).isEmpty();
        assertThat(ports.sent()).isEmpty();
    }

    @Test
    void the_second_source_is_asked_for_those_without_a_name() {
        NameSource first = (home, devices) -> Map.of(CAMERA, "camera");
        NameSource second = (home, devices) -> {
            assertThat(devices).containsExactly(NAS);
            return Map.of(NAS, "cellar");
        };

        assertThat(first.or(second).of(HOME, List.of(CAMERA, NAS))).isEqualTo(Map.of(CAMERA, "camera", NAS, "cellar"));
    }
}
