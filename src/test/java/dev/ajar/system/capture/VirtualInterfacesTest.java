package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualInterfacesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker0",
                "br-5f2c",
                "veth12ab",
                "virbr0",
                "vboxnet0",
                "vmnet8",
                "tun0",
                "tap1",
                "wg0",
                "tailscale0",
                "utun3",
                "lxcbr0",
                "podman1",
                "zt7nnig26"
            })
    void no_home_gateway_is_behind_these(String name) {
        assertThat(VirtualInterfaces.isVirtual(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "enp3s0", "wlan0", "wlp2s0", "en0", "br0", "bond0", "lan0"})
    void and_may_be_behind_these(String name) {
        assertThat(VirtualInterfaces.isVirtual(name)).isFalse();
    }
}
