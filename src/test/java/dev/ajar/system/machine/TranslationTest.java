package dev.ajar.system.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {
    private static final InetAddress GATEWAY = Samples.ip("172.17.0.1");

    @ParameterizedTest
    @CsvSource({
        "CONTAINER_END, 02:42:ac:11:00:01, CONTAINER",
        "CONTAINER_END, 7e:11:22:33:44:55, CONTAINER",
        "CONTAINER_END, 08:55:31:aa:bb:cc,",
        "ETHERNET, 02:42:ac:11:00:01,",
        "ETHERNET, 08:55:31:aa:bb:cc,",
        "ETHERNET, 00:15:5d:01:02:03, VIRTUAL_SWITCH",
        "ETHERNET, 52:54:00:12:35:02, HYPERVISOR",
        "ETHERNET, 52:55:0a:00:02:02, HYPERVISOR",
        "ETHERNET, 00:50:56:e0:11:22, HYPERVISOR",
        "STACKED, 08:55:31:aa:bb:cc,",
        "CONTAINER_END, zz,"
    })
    void an_inner_network_is_known_by_its_gateways_card(LinkKind kind, String card, @Nullable Translation expected) {
        Machine machine = new Machine(
                List.of(new Link(2, "eth0", kind, true, true, Optional.empty(), List.of(), List.of())),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(GATEWAY, card),
                Machine.Depth.PLAIN);

        assertThat(Translation.of(machine, "eth0", GATEWAY)).isEqualTo(Optional.ofNullable(expected));
    }
}
