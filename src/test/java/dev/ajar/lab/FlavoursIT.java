package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The laboratory itself: each of its home networks behaves as described, without ajar. */
class FlavoursIT extends InLab {
    private static final int PORT = 25_565;
    private static final String RULE = "th dport 25565 dnat ip to ";

    /** The output of natpmpc when {@code lan1} asks for a mapping. */
    private static String natPmp(String gateway) {
        return Lab.natpmpc("-g", gateway, "-a", "25565", "25565", "tcp", "600");
    }

    private static String granted(String address) {
        return "Public IP address : %s\nepoch".formatted(address);
    }

    /** The output of upnpc about the router at that address. */
    private static String upnp(String gateway) {
        return Lab.in("lan1", "upnpc", "-u", "http://" + gateway + ":5000/rootDesc.xml", "-s")
                .out();
    }

    @ParameterizedTest
    @CsvSource({
        "ipv6, true, true, true",
        "ipv6-pxp, false, true, true",
        "ipv6-upnp, true, false, false",
        "ipv6-none, false, false, true"
    })
    void ipv6_has_its_pinholes(String flavour, boolean upnp, boolean pcp, boolean natPmp) {
        Lab.script("up", flavour);
        RawPinhole pinhole = RawPinhole.to(Lab.LAN1_V6);
        String rule = pinhole.rule();

        assertThat(pinhole.byUpnp(Lab.LAN1_V6).contains("<UniqueID>")).isEqualTo(upnp);
        assertThat(Lab.rules().contains(rule)).as(Lab.rules()).isEqualTo(upnp);
        Lab.script("restart", "0");
        assertThat(Lab.rules()).doesNotContain("25565");

        assertThat(pinhole.byPcp(Lab.LAN1_V6).code()).isEqualTo(pcp ? 0 : -1);
        assertThat(Lab.rules().contains(rule)).as(Lab.rules()).isEqualTo(pcp);
        assertThat(natPmp(Lab.GATEWAY).contains(granted(Lab.WAN))).isEqualTo(natPmp);
        assertThat(upnp(Lab.GATEWAY).contains("ExternalIPAddress = " + Lab.WAN)).isEqualTo(!flavour.equals("ipv6-pxp"));
    }

    @Test
    void through_a_pinhole_bytes_come_in_until_the_provider_gives_another_prefix() throws UnknownHostException {
        Lab.script("up", "ipv6");
        String here = "got hello from " + InetAddress.getByName(Lab.INTERNET_V6).getHostAddress();
        assertThat(Lab.in("lan1", "ip", "-6", "route", "get", Lab.INTERNET_V6).out())
                .as("what the kernel prefers is not the stable address")
                .contains(" src 2a0b:77::")
                .doesNotContain(" src 2a0b:77::10 ");
        assertThat(Lab.throughClosedPort("tcp", Lab.LAN1_V6, PORT)).isEmpty();

        RawPinhole.to(Lab.LAN1_V6).byUpnp(Lab.LAN1_V6);
        assertThat(Lab.throughOpenPort("tcp", Lab.LAN1_V6, PORT, PORT)).isEqualTo(here);

        Lab.script("prefix", "2a0b:78");
        assertThat(Lab.in("lan1", "ip", "-6", "addr", "show", "dev", "eth0").out())
                .contains("2a0b:78::10/64")
                .contains("temporary")
                .doesNotContain("2a0b:77:");
        RawPinhole.to("2a0b:78::10").byUpnp("2a0b:78::10");
        assertThat(Lab.throughOpenPort("tcp", "2a0b:78::10", PORT, PORT)).isEqualTo(here);
    }

    /** {@code says}: the address that the inner router grants a port at; none where it refuses. */
    @ParameterizedTest
    @CsvSource({
        "nested, 10.99.99, ",
        "nested-open, 10.99.99, 11.22.33.1",
        "nested-public, 9.9.9, 9.9.9.2",
        "cgn, 100.64.0, 100.64.0.2",
        "cgn-closed, 100.64.0, "
    })
    void behind_two_routers_both_must_open_the_port(String flavour, String between, String says) {
        Lab.script("up", flavour);

        String inner = natPmp(Lab.GATEWAY);
        assertThat(inner).contains(says == null ? "returned -52 (FAILED)" : granted(says));
        assertThat(Lab.rules().contains(RULE + Lab.LAN1)).isEqualTo(says != null);
        assertThat(Lab.throughClosedPort("tcp", Lab.WAN, PORT)).isEmpty();

        boolean provider = flavour.startsWith("cgn");
        String outer = natPmp(provider ? Lab.ANYCAST : between + ".1");
        assertThat(outer).contains(granted(Lab.WAN));
        assertThat(Lab.outerRules()).contains(RULE + between + ".2:25565");
        assertThat(upnp(between + ".1").contains("ExternalIPAddress = " + Lab.WAN))
                .isEqualTo(!provider);
        assertThat(says == null ? Lab.throughClosedPort("tcp", Lab.WAN, PORT) : Lab.throughOpenPort("tcp", PORT, PORT))
                .isEqualTo(says == null ? "" : "got hello from 11.22.33.10");

        Lab.script("restart", "0");
        assertThat(Lab.rules() + Lab.outerRules()).doesNotContain("25565");
        Lab.script("stop");
        for (String router : new String[] {"router", "outer"}) {
            assertThat(Lab.in(router, "ss", "-Hlntu").out()).as(router).isEmpty();
        }
    }

    @Test
    void of_two_routers_only_the_one_with_the_default_route_forwards() {
        Lab.script("up", "twins");

        assertThat(natPmp(Lab.GATEWAY2)).contains(granted(Lab.WAN2));
        assertThat(Lab.rules2()).contains(RULE + Lab.LAN1);
        assertThat(Lab.rules()).doesNotContain("25565");
        assertThat(natPmp(Lab.GATEWAY)).contains(granted(Lab.WAN));
        assertThat(Lab.throughOpenPort("tcp", PORT, PORT)).isEqualTo("got hello from 11.22.33.10");
        assertThat(Lab.throughClosedPort("tcp", Lab.WAN2, PORT)).isEmpty();

        Lab.script("reroute", Lab.GATEWAY2);
        assertThat(Lab.throughOpenPort("tcp", Lab.WAN2, PORT, PORT)).isEqualTo("got hello from 11.22.34.10");
        assertThat(Lab.throughClosedPort("tcp", Lab.WAN, PORT)).isEmpty();
    }

    @Test
    void the_provider_of_a_tunnel_chooses_the_port_itself() {
        Lab.script("up", "vpn-natpmp");
        try (LabProcess provider = LabProcess.vpn()) {
            for (String protocol : new String[] {"udp", "tcp"}) {
                String told = Lab.natpmpc("-g", Lab.VPN, "-a", "1", "0", protocol, "3600");
                assertThat(told)
                        .contains(granted(VpnPeer.EXTERNAL_ADDRESS))
                        .contains("Mapped public port 51820")
                        .contains("to local port 0 liftime 60");
                assertThat(provider.output()).contains("granted " + protocol + " 51820");
            }
            assertThat(natPmp(Lab.VPN)).contains("Mapped public port 51821");
            assertThat(natPmp(Lab.VPN)).contains("Mapped public port 51821");
        }
        assertThat(Lab.rules()).doesNotContain("25565");
        assertThat(natPmp(Lab.GATEWAY)).contains(granted(Lab.WAN));
    }
}
