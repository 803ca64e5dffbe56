package dev.ajar.lan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The devices are asked on the home network only, and not more often than a page needs. */
class DeviceNamesTest {
    private static final Inet4Address CAMERA = NamePacketsTest.address("192.168.1.20");
    private static final Inet4Address NAS = NamePacketsTest.address("192.168.1.30");
    private static final Inet4Address ELSEWHERE = NamePacketsTest.address("10.9.0.7");
    private static final LocalRoute HOME =
            new LocalRoute("wlan0", NamePacketsTest.address("192.168.1.10"), 24, Addresses.parse("192.168.1.1"));

    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HOME.localAddress());
    private final DeviceNames names = new DeviceNames(ports, timeline, this::others, Runnable::run);

    private final Map<Inet4Address, String> others = new HashMap<>();
    private final List<Inet4Address> asked = new ArrayList<>();

    private Map<Inet4Address, String> others(LocalRoute ignored, Collection<Inet4Address> devices) {
        asked.addAll(devices);
        return others;
    }

    private static InetSocketAddress at(Inet4Address device) {
        return new InetSocketAddress(device, 5353);
    }

    @Test
    void each_tells_its_own_name_and_no_other() {
        ports.arrives(Duration.ofMillis(100), at(CAMERA), NamePacketsTest.answer("20.1.168.192.in-addr.arpa", "camera"))
                .arrives(
                        Duration.ofMillis(200), at(CAMERA), NamePacketsTest.answer("30.1.168.192.in-addr.arpa", "mine"))
                .arrives(
                        Duration.ofMillis(300),
                        at(ELSEWHERE),
                        NamePacketsTest.answer("7.0.9.10.in-addr.arpa", "elsewhere"));

        names.ask(Map.of(HOME, List.of(CAMERA, NAS, ELSEWHERE)));

        assertThat(names.of(CAMERA)).contains("camera");
        assertThat(names.of(NAS)).isEmpty();
        assertThat(names.of(ELSEWHERE)).isEmpty();
        assertThat(names.isAsking()).isFalse();
        assertThat(ports.sent()).hasSize(1).allMatch(question -> question[5] == 2);
    }

    @Test
    void those_that_tell_none_are_asked_in_another_way() {
        ports.arrives(
                Duration.ofMillis(100), at(CAMERA), NamePacketsTest.answer("20.1.168.192.in-addr.arpa", "camera"));
        others.put(NAS, "Storage in the cellar");

        names.ask(Map.of(HOME, List.of(CAMERA, NAS)));

        assertThat(asked).containsExactly(NAS);
        assertThat(names.of(CAMERA)).contains("camera");
        assertThat(names.of(NAS)).contains("Storage in the cellar");
    }

    @Test
    void they_are_asked_a_minute_apart() {
        names.ask(Map.of(HOME, List.of(CAMERA)));
        names.ask(Map.of(HOME, List.of(CAMERA)));
        assertThat(ports.sent()).hasSize(1);
        timeline.advance(Duration.ofMinutes(1));
        names.ask(Map.of(HOME, List.of(CAMERA)));
        assertThat(ports.sent()).hasSize(2);
    }

    @Test
    void the_devices_of_every_home_are_asked() {
        LocalRoute other = new LocalRoute("eth0", NamePacketsTest.address("10.9.0.5"), 24, Addresses.parse("10.9.0.1"));

        names.ask(Map.of(HOME, List.of(CAMERA), other, List.of(ELSEWHERE)));

        assertThat(ports.sent()).hasSize(2);
    }

    /** The router may have given the address to another device. */
    @Test
    void a_name_is_forgotten_when_its_address_stays_silent_twice() {
        ports.arrives(
                Duration.ofMillis(100), at(CAMERA), NamePacketsTest.answer("20.1.168.192.in-addr.arpa", "camera"));
        names.ask(Map.of(HOME, List.of(CAMERA)));
        timeline.advance(Duration.ofMinutes(1));
        names.ask(Map.of(HOME, List.of(CAMERA)));
        assertThat(names.of(CAMERA)).as("a packet may be lost").contains("camera");
        timeline.advance(Duration.ofMinutes(1));
        names.ask(Map.of(HOME, List.of(CAMERA)));
        assertThat(names.of(CAMERA)).isEmpty();
    }

    @Test
    void nothing_is_sent_where_no_device_of_the_home_is_known() {
        names.ask(Map.of(HOME, List.of()));
        names.ask(Map.of(HOME, List.of(ELSEWHERE)));
        assertThat(ports.sent()).isEmpty();
    }
}
