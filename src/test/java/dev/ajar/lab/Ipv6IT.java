package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 beside IPv4: pinholes in a real firewall, tested by a connection from the internet host. */
class Ipv6IT extends InLab {
    private static final String FROM_THERE = "got hello from 2a0b:11:0:0:0:0:0:10";

    private static boolean isOpen(String lastOfAddress) {
        return Lab.rules()
                .lines()
                .anyMatch(line -> line.contains("th dport 25565 ") && line.contains(lastOfAddress + " "));
    }

    private static boolean isOpen() {
        return isOpen("0x2a0b0077000000000000000000000010");
    }

    @ParameterizedTest
    @CsvSource({"ipv6, auto, PCP", "ipv6, upnp, UPnP IGD:2", "ipv6-upnp, auto, UPnP IGD:2", "ipv6-pxp, auto, PCP"})
    void a_port_is_opened_over_both_used_and_closed(String flavour, String method, String title) {
        Lab.script("up", flavour);

        Outcome opened = ajar("open", "25565/both", "--method", method);

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.out().lines()).hasSize(4);
        assertThat(opened.out().lines().filter(line -> line.contains("[2a0b:77::10]:25565")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(title).contains("lease 2h"));
        assertThat(isOpen()).as(Lab.rules()).isTrue();
        for (String protocol : new String[] {"tcp", "udp"}) {
            assertThat(Lab.throughOpenPort(protocol, Lab.LAN1_V6, 25565, 25565))
                    .as(protocol)
                    .isEqualTo(FROM_THERE);
            assertThat(Lab.throughOpenPort(protocol, 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
        }
        assertThat(ajar("list").out()).contains("IPv6, from ajar's state file");
        assertThat(ajar("status").out()).contains("tcp 25565 → [2a0b:77::10]:25565");

        Outcome closed = ajar("close", "25565/both");
        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(closed.out().lines()).hasSize(4);
        assertThat(Lab.rules()).doesNotContain("25565");
        assertThat(Lab.throughClosedPort("tcp", Lab.LAN1_V6, 25565)).isEmpty();
    }

    @Test
    void a_router_without_pinholes_is_reported_and_not_a_failure() {
        Lab.script("up", "ipv6-none");

        Outcome both = ajar("open", "25565");
        assertThat(both.exitCode()).isZero();
        assertThat(both.err()).contains("Not open over IPv6: the router's IPv6 firewall answers neither");
        Outcome quiet = ajar("open", "25566", "--ipv4");
        assertThat(quiet.exitCode()).isZero();
        assertThat(quiet.err()).doesNotContain("IPv6");
        Outcome alone = ajar("open", "25565", "--ipv6", "--json");
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.out())
                .contains("\"code\":\"no_gateway\"")
                .contains("under IPv6, Firewall or Pinholes")
                .contains("\"manual\":null");
    }

    @Test
    void without_ipv6_on_this_machine_it_is_not_mentioned() {
        Lab.script("up", "igd2");

        Outcome both = ajar("open", "25565");
        assertThat(both.exitCode()).isZero();
        assertThat(both.err()).doesNotContain("IPv6");
        Outcome alone = ajar("open", "25565", "--ipv6");
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.err())
                .contains("no lasting IPv6 address")
                .contains("whether IPv6 is on")
                .doesNotContain("By hand")
                .doesNotContain("UPnP");
    }

    @Test
    void another_port_outside_is_the_inner_one_over_ipv6_and_closed_by_either_name() {
        Lab.script("up", "ipv6");

        assertThat(ajar("open", "8443:25565").out()).contains(Lab.WAN + ":8443").contains("[2a0b:77::10]:25565");
        assertThat(isOpen()).isTrue();
        assertThat(ajar("close", "8443").exitCode()).isZero();
        assertThat(isOpen()).isFalse();
    }

    /** The neighbour's pinhole stays, and one for the neighbour is refused in secure mode. */
    @Test
    void a_pinhole_for_the_neighbour_is_refused() {
        Lab.script("up", "ipv6");
        assertThat(Lab.ajar("lan2", stateFolder, "open", "25565", "--ipv6").exitCode())
                .isZero();

        Outcome refused = ajar("open", "25565", "--to", Lab.LAN2_V6, "--method", "upnp", "--json");

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.out()).contains("only lets a device open ports for itself");
        assertThat(ajar("close", "25565").exitCode()).isEqualTo(0);
        assertThat(isOpen("0x2a0b0077000000000000000000000011")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "upnp"})
    void the_daemon_makes_it_anew_after_a_power_cut_and_for_a_new_prefix(String method) {
        Lab.script("up", "ipv6");
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            assertThat(ajar("open", "25565", "--method", method).exitCode()).isZero();
            assertThat(isOpen()).isTrue();

            Lab.script("restart");
            LabProcess.until(Ipv6IT::isOpen, SOON.plus(SOON), daemon.output());

            Lab.script("prefix", "2a0b:78");
            LabProcess.until(() -> isOpen("0x2a0b0078000000000000000000000010"), SOON.plus(SOON), daemon.output());
            assertThat(Lab.throughOpenPort("tcp", "2a0b:78::10", 25565, 25565)).isEqualTo(FROM_THERE);
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(isOpen("0x2a0b0078000000000000000000000010")).isFalse();
        }
    }

    /** Without a daemon, what leads to the former prefix's address is no open port; the advice, played, is. */
    @Test
    void a_pinhole_of_a_former_prefix_is_not_told_as_open() {
        Lab.script("up", "ipv6");
        assertThat(ajar("open", "25565").exitCode()).isZero();
        Lab.script("prefix", "2a0b:78");

        assertThat(ajar("status", "--json").out()).contains("\"status\":\"former_address\"");
        assertThat(ajar("check", "25565").out()).contains("2a0b:77::10").contains("friends with IPv6 cannot");
        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(ajar("status", "--json").out()).contains("\"internal_address\":\"2a0b:78::10\"");
        assertThat(ajar("check", "25565").out())
                .contains("Over IPv6: Nothing listens")
                .doesNotContain("2a0b:77::10")
                .doesNotContain("friends with IPv6 cannot");
    }

    /** The named address gets in and another does not; by UPnP over IPv4 and IPv6. */
    @ParameterizedTest
    @CsvSource({
        "11.22.33.10, 11.22.33.1, true", "11.22.33.9, 11.22.33.1, false",
        "2a0b:11::10, 2a0b:77::10, true", "2a0b:11::9, 2a0b:77::10, false"
    })
    void only_one_address_gets_in(String from, String asked, boolean through) {
        Lab.script("up", "ipv6");

        Outcome opened = ajar("open", "25565", "--from", from);

        // miniupnpd lists the mapping as one for all, so that it cannot be told.
        assertThat(opened.exitCode()).as(opened.err()).isEqualTo(from.contains(":") ? 0 : 7);
        assertThat(opened.out()).contains("for " + from + " alone").contains("UPnP");
        String told =
                through ? Lab.throughOpenPort("tcp", asked, 25565, 25565) : Lab.throughClosedPort("tcp", asked, 25565);
        assertThat(told.isEmpty()).isEqualTo(!through);
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    /** The port was open to all addresses before, by another protocol: that mapping is removed. */
    @Test
    void narrowing_removes_the_wider_mapping() {
        Lab.script("up", "ipv6");
        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(ajar("open", "25565", "--from", "11.22.33.9").exitCode()).isEqualTo(7);
        assertThat(Lab.throughClosedPort("tcp", Lab.LAN1_V6, 25565)).isEmpty();

        for (String from : new String[] {"11.22.33.9", "2a0b:11::9"}) {
            assertThat(ajar("open", "25565", "--from", from).exitCode()).isEqualTo(from.contains(":") ? 0 : 7);
        }

        assertThat(Lab.throughClosedPort("tcp", Lab.WAN, 25565)).isEmpty();
        assertThat(Lab.throughClosedPort("tcp", Lab.LAN1_V6, 25565)).isEmpty();
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    /** miniupnpd 2.3.1 does not delete by PCP a pinhole that was renewed. */
    @ParameterizedTest
    @CsvSource({"ipv6, 0, closed", "ipv6-pxp, 4, agreed to let it end in 2m"})
    void a_renewed_pinhole_can_be_closed(String flavour, int exitCode, String told) {
        Lab.script("up", flavour);
        assertThat(ajar("open", "25565", "--ipv6").exitCode()).isZero();
        assertThat(ajar("open", "25565", "--ipv6").exitCode()).isZero();

        Outcome closed = ajar("close", "25565");

        assertThat(closed.exitCode()).as(closed.err()).isEqualTo(exitCode);
        assertThat(closed.out() + closed.err()).contains(told);
        assertThat(isOpen()).isEqualTo(exitCode != 0);
    }

    @Test
    void nat_pmp_cannot_limit_a_port_to_one_address() {
        Lab.script("up", "igd2");

        Outcome refused = ajar("open", "25565", "--from", "11.22.33.10", "--method", "nat-pmp", "--json");

        assertThat(refused.exitCode()).isEqualTo(8);
        assertThat(refused.out()).contains("\"code\":\"unsupported\"");
        assertThat(Lab.rules()).doesNotContain("25565");
    }
}
