package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.system.machine.LinkKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of kinds that a kernel may have no driver for, as {@code ip -j -d link} tells them. */
class LinkKindsTest {
    private static String link(String kind) {
        return """
                [{"ifindex":2,"ifname":"eth0","flags":["BROADCAST","UP"],"mtu":1500,"link_type":"ether",
                  "linkinfo":{"info_kind":"%s","info_data":{}}}]""".formatted(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "wireguard, TUNNEL",
        "ipip, TUNNEL",
        "sit, TUNNEL",
        "gre, TUNNEL",
        "ip6gre, TUNNEL",
        "ip6tnl, TUNNEL",
        "vti, TUNNEL",
        "vti6, TUNNEL",
        "xfrm, TUNNEL",
        "ovpn, TUNNEL",
        "vxlan, TUNNEL",
        "geneve, TUNNEL",
        "gretap, TUNNEL",
        "bareudp, TUNNEL",
        "gtp, TUNNEL",
        "batadv, TUNNEL",
        "ppp, POINT_TO_POINT",
        "rmnet, POINT_TO_POINT",
        "wwan, POINT_TO_POINT",
        "vrf, ROUTING_DOMAIN",
        "dummy, DUMMY",
        "ifb, DUMMY",
        "macvlan, STACKED",
        "ipvlan, STACKED",
        "macsec, STACKED",
        "vlan, VLAN",
        "bond, BOND",
        "team, BOND",
        "netkit, CONTAINER_END"
    })
    void a_kind_is_what_the_kernel_calls_it(String kind, LinkKind expected) {
        assertThat(IpProgramJson.kinds(link(kind))).isEqualTo(Map.of("eth0", expected));
    }

    /** A bridge's ports, what a tun carries, and whether a pair is a tunnel are told by the kernel's files. */
    @Test
    void what_the_files_tell_better_is_left_to_them() {
        assertThat(IpProgramJson.kinds(link("bridge"))).isEmpty();
        assertThat(IpProgramJson.kinds(link("tun"))).isEmpty();
        assertThat(IpProgramJson.kinds(link("veth"))).isEmpty();
        assertThat(IpProgramJson.kinds("[{\"ifname\":\"eth0\",\"link_type\":\"ether\"}]"))
                .isEmpty();
    }
}
