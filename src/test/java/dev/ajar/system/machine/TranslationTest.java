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
        "CONTAINER_END, 00:16:3e:aa:bb:cc, CONTAINER",
        "ETHERNET, 00:16:3e:aa:bb:cc,",
        "STACKED, 08:55:31:aa:bb:cc,",
        "CONTAINER_END, 52:55:0a:00:02:02, CONTAINER",
        "CONTAINER_END, 9a:55:9a:55:9a:55, CONTAINER",
        "CONTAINER_END, zz,"
    })
    void an_inner_network_is_known_by_its_gateways_card(LinkKind kind, String card, @Nullable Translation expected) {
        assertThat(Translation.of(machine(kind, card, GATEWAY, "172.17.0.2", 16), "eth0", GATEWAY))
                .isEqualTo(Optional.ofNullable(expected));
    }

    /** A telephone that shares its line gives 172.20.10.0/28, and some homes have a network of 172.16.0.0/12. */
    @ParameterizedTest
    @CsvSource({
        "172.20.10.1, 172.20.10.2, 28, false",
        "172.16.0.1, 172.16.0.20, 16, false",
        "172.31.1.1, 172.31.1.20, 24, false",
        "172.18.0.1, 172.18.0.3, 16, true",
        "10.88.0.1, 10.88.0.3, 16, true"
    })
    void a_home_with_like_addresses_is_none(String gateway, String own, int prefixLength, boolean inside) {
        InetAddress router = Samples.ip(gateway);
        Machine machine = machine(LinkKind.CONTAINER_END, "7e:11:22:33:44:55", router, own, prefixLength);

        assertThat(Translation.of(machine, "eth0", router).isPresent()).isEqualTo(inside);
    }

    private static Machine machine(LinkKind kind, String card, InetAddress gateway, String address, int prefixLength) {
        OwnAddress own = new OwnAddress(
                "eth0",
                Samples.ip(address),
                prefixLength,
                OwnAddress.Scope.GLOBAL,
                OwnAddress.Lifetime.LASTING,
                OwnAddress.Origin.CANNOT_BE_TOLD);
        return new Machine(
                List.of(new Link(2, "eth0", kind, true, true, Optional.empty(), List.of(), List.of())),
                List.of(own),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(gateway, card),
                Machine.Depth.PLAIN);
    }
}
