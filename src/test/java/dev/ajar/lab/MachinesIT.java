package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines of other shapes than one cable and one address ({@code test-fixtures/lab/machines.sh}). */
class MachinesIT extends InLab {
    private static final String WIFI = "192.168.77.15";

    private static boolean leadsTo(String address, int port) {
        return Lab.rules().contains("dport " + port + " dnat ip to " + address + ":" + port);
    }

    private LabProcess daemon() {
        return LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON);
    }

    /** {@code passes}: whether an answer to the internet leaves by the router again. */
    @ParameterizedTest
    @CsvSource({
        "bridge br-lan, br-lan, true",
        "bridge docker0, docker0, true",
        "containers eth5, eth0, true",
        "wifi, eth0, true",
        "tunnel proton0 50, eth0, false",
        "halves eth7, eth0, false",
        "replaced nordlynx, eth0, false",
        "policy eno9, eth0, false",
        "table, eth0, true",
        "onlink, eth0, false",
        "stacked, upper0, true",
        "alias, eth0, true",
        "bridge br0 / containers docker0, br0, true"
    })
    void every_command_finds_the_homes_router(String shapes, String link, boolean passes) {
        Lab.script("up", "igd2");
        Lab.shape(shapes);

        Outcome opened = ajar("open", "25565", "--json");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
        assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isTrue();
        if (passes) {
            assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
        }
        assertThat(ajar("list").out()).contains("25565").contains(Lab.LAN1);
        assertThat(ajar("status").out()).contains("192.168.77.1 on " + link).contains(Lab.WAN);
        assertThat(ajar("discover").out()).contains("192.168.77.1 on " + link).doesNotContain("not this machine's way");
        Outcome closed = ajar("close", "25565");
        assertThat(closed.exitCode()).as(closed.out() + closed.err()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");

        try (LabProcess run =
                LabProcess.start("lan1", stateFolder, Map.of(), "run", "--open", "25570", "--", "sleep", "60")) {
            LabProcess.until(() -> leadsTo(Lab.LAN1, 25570), SOON, run.output());
            run.signal("TERM");
            run.end(END);
        }
        assertThat(Lab.rules()).doesNotContain("25570");
    }

    @ParameterizedTest
    @CsvSource({"bridge br-lan", "tunnel proton0 50", "policy wg0", "table"})
    void the_daemon_keeps_and_closes_ports(String shapes) {
        Lab.script("up", "igd2");
        Lab.shape(shapes);
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565").exitCode()).isZero();
            assertThat(leadsTo(Lab.LAN1, 25565)).isTrue();
            assertThat(ajar("status").out()).contains("renewed by        the ajar daemon");
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(daemon.output()).doesNotContain("not open");
        }
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    /** Cable and Wi-Fi on one router, and the better way changes: the old address is still this machine's. */
    @Test
    void a_mapping_to_an_address_that_stays_is_kept() {
        Lab.script("up", "igd2");
        Lab.shape("wifi");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565").exitCode()).isZero();

            Lab.shape("prefer eth1");
            daemon.await("network has changed", SOON);
            assertThat(ajar("open", "25566").exitCode()).isZero();

            assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isTrue();
            assertThat(leadsTo(WIFI, 25566)).as(Lab.rules()).isTrue();
            assertThat(ajar("close", "25565").out()).contains("closed  tcp 25565");
            assertThat(Lab.rules()).doesNotContain("25565");
            assertThat(daemon.output()).doesNotContain("lost").doesNotContain("not open");
        }
    }

    @ParameterizedTest
    @CsvSource({"pcp", "upnp", "nat-pmp"})
    void a_port_stays_where_it_leads_and_moves_when_asked_to(String method) {
        Lab.script("up", "igd2");
        Lab.shape("wifi");
        assertThat(ajar("open", "25565", "--method", method).exitCode()).isZero();
        Lab.shape("prefer eth1");

        assertThat(ajar("open", "25565", "--method", method).exitCode()).isZero();
        assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isTrue();
        assertThat(ajar("open", "25565", "--method", method, "--from-address", WIFI)
                        .exitCode())
                .isZero();
        assertThat(leadsTo(WIFI, 25565)).as(Lab.rules()).isTrue();
        assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isFalse();
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void an_address_or_an_interface_is_asked_from_when_named() {
        Lab.script("up", "igd2");
        Lab.shape("wifi / alias");

        assertThat(ajar("open", "25571", "--interface", "eth1").exitCode()).isZero();
        assertThat(ajar("open", "25572", "--from-address", "192.168.77.16").exitCode())
                .isZero();
        assertThat(ajar("open", "25573", "--to", WIFI).exitCode()).isZero();
        Outcome foreign = ajar("open", "25574", "--from-address", Lab.LAN2);

        assertThat(leadsTo(WIFI, 25571)).as(Lab.rules()).isTrue();
        assertThat(leadsTo("192.168.77.16", 25572)).as(Lab.rules()).isTrue();
        assertThat(leadsTo(WIFI, 25573)).as(Lab.rules()).isTrue();
        assertThat(foreign.exitCode()).isEqualTo(2);
        assertThat(foreign.err()).contains("not an address of this machine").contains(WIFI);
        assertThat(ajar("close", "25571", "25572", "25573").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("dnat ip to 192");
    }

    @Test
    void a_tunnel_that_comes_up_under_the_daemon_changes_nothing() {
        Lab.script("up", "igd2");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565").exitCode()).isZero();

            Lab.shape("tunnel proton0 50");
            assertThat(ajar("open", "25566").exitCode()).isZero();

            assertThat(leadsTo(Lab.LAN1, 25565)).isTrue();
            assertThat(leadsTo(Lab.LAN1, 25566)).isTrue();
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(daemon.output()).doesNotContain("lost").doesNotContain("not open");
        }
        assertThat(Lab.rules()).doesNotContain("25565").doesNotContain("25566");
    }

    /** miniupnpd lets only the opener's address close a port, unless its secure mode is off (flavour lax). */
    @ParameterizedTest
    @CsvSource({"igd2, upnp, false", "igd2, pcp, false", "lax, upnp, true", "lax, pcp, true", "lax, nat-pmp, true"})
    void one_story_of_a_port_that_leads_to_a_former_address(String flavour, String method, boolean letsGo) {
        Lab.script("up", flavour);
        assertThat(ajar("open", "25565", "--method", method).exitCode()).isZero();
        Lab.shape("renumber");

        assertThat(ajar("status", "--json", "--timeout", "30s").out()).contains("\"status\":\"former_address\"");
        assertThat(ajar("list", "--timeout", "30s").out()).contains("(former address)");
        assertThat(ajar("doctor", "25565", "--json", "--timeout", "30s").out()).contains("points_to_former_address");
        assertThat(ajar("check", "25565", "--timeout", "30s").out()).contains("rule is ajar's own");

        Outcome opened = ajar("open", "25565", "--timeout", "30s");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isEqualTo(letsGo ? 0 : 5);
        assertThat(leadsTo("192.168.77.17", 25565)).as(Lab.rules()).isEqualTo(letsGo);
        if (!letsGo) {
            assertThat(opened.err()).contains("which this machine had before").contains("ajar open 25566:25565");
            Outcome closed = ajar("close", "25565", "--timeout", "30s");
            assertThat(closed.exitCode()).as(closed.out()).isNotZero();
            assertThat(closed.err()).contains("which this machine had before").contains("ends in 2h");
            assertThat(ajar("status", "--json", "--timeout", "30s").out()).contains("\"status\":\"former_address\"");
            // The advice, played: another port outside, then the address of before.
            assertThat(ajar("open", "25566:25565").exitCode()).isZero();
            assertThat(ajar("close", "25566").exitCode()).isZero();
            Lab.script("move", Lab.LAN1);
        }
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("dport 25565");
    }

    /** The former address may be another device's by now: what is left there is not told as closed. */
    @Test
    void after_another_address_from_dhcp_nothing_is_told_as_closed_that_was_not() {
        Lab.script("up", "igd2");
        try (LabProcess daemon = daemon()) {
            assertThat(ajar("open", "25565", "--method", "pcp").exitCode()).isZero();

            Lab.shape("renumber");
            daemon.await("another address", SOON);
            assertThat(ajar("open", "25566").exitCode()).isZero();

            assertThat(leadsTo("192.168.77.17", 25566)).as(Lab.rules()).isTrue();
            boolean left = leadsTo(Lab.LAN1, 25565);
            assertThat(left && daemon.output().contains("closed  tcp 25565")).isFalse();
        }
    }

    @Test
    void a_machine_with_ipv6_alone() {
        Lab.script("up", "ipv6");
        Lab.shape("ipv6-only");

        Outcome opened = ajar("open", "25565");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
        assertThat(opened.err()).doesNotContain("no network");
        assertThat(ajar("check", "25565", "--timeout", "30s").out())
                .contains("opened it in the router's IPv6 firewall");
        assertThat(ajar("doctor", "25565", "--json", "--timeout", "30s").out())
                .contains("ipv6_alone")
                .doesNotContain("no_network");
        assertThat(Lab.rules()).contains("0x2a0b0077000000000000000000000010");
        Outcome status = ajar("status");
        assertThat(status.exitCode()).as(status.out() + status.err()).isZero();
        assertThat(status.out()).contains("fe80::1 on eth0").contains("2a0b:77::10");
        Outcome discovered = ajar("discover");
        assertThat(discovered.exitCode())
                .as(discovered.out() + discovered.err())
                .isZero();
        assertThat(discovered.out()).contains("fe80::1 on eth0").doesNotContain("not this machine's way");
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    /** The provider gave the home another prefix, and the address of the former one is still preferred. */
    @Test
    void an_address_of_a_former_prefix_is_not_the_one_to_ask_from() {
        Lab.script("up", "ipv6");
        Lab.shape("stale");

        Outcome opened = ajar("open", "25565", "--ipv6");

        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
        assertThat(opened.out()).contains("[2a0b:77::10]:25565");
        assertThat(Lab.rules()).contains("0x2a0b0077000000000000000000000010").doesNotContain("0x2a0b0099");
        assertThat(ajar("close", "25565").exitCode()).isZero();
    }

    @Test
    void a_relay_reaches_a_device_of_a_bridged_network_and_no_own_address() {
        Lab.script("up", "igd2");
        Lab.shape("bridge br-lan / alias-on br-lan");

        Outcome own = ajar("relay", "7003:192.168.77.16");
        assertThat(own.exitCode()).as(own.out() + own.err()).isEqualTo(9);
        assertThat(own.err()).contains("this machine");

        try (LabProcess relay = LabProcess.start("lan1", stateFolder, Map.of(), "relay", "7003:192.168.77.11")) {
            relay.await("relay  tcp 7003 here", SOON).await("open  tcp 11.22.33.1:7003", SOON);
            relay.signal("TERM");
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
        }
        assertThat(Lab.rules()).doesNotContain("7003");
    }

    /** A test plays each advice: what is told to do is done, and then it works. */
    @Test
    void a_container_behind_its_hosts_nat_claims_nothing_and_both_ways_out_are_told() {
        Lab.script("up", "igd2");
        Lab.shape("behind-nat");

        Outcome silent = ajar("open", "25565");
        assertThat(silent.exitCode()).as(silent.err()).isEqualTo(3);
        assertThat(silent.err()).contains("container network").contains("--network host");
        assertThat(ajar("doctor", "--json").out()).contains("container_bridge");
        for (String method : new String[] {"pcp", "nat-pmp"}) {
            Outcome refused = ajar("open", "25565", "--gateway", "192.168.77.1", "--method", method, "--json");
            assertThat(refused.exitCode()).as(refused.out()).isEqualTo(8);
            assertThat(refused.out()).contains("address_mismatch").contains("--to HOST");
        }
        Outcome all = ajar("open", "25565", "--gateway", "192.168.77.1");
        assertThat(all.exitCode()).as(all.out() + all.err()).isEqualTo(8);
        assertThat(Lab.rules()).doesNotContain("25565");

        Outcome onPurpose = ajar("open", "25565", "--gateway", "192.168.77.1", "--to", Lab.LAN2);
        assertThat(onPurpose.exitCode()).as(onPurpose.out() + onPurpose.err()).isZero();
        assertThat(leadsTo(Lab.LAN2, 25565)).as(Lab.rules()).isTrue();
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void a_firewall_of_its_own_that_keeps_questions_in_is_named_at_once() {
        Lab.script("up", "igd2");
        Lab.shape("keeps-in");

        Outcome opened = ajar("open", "25565", "--json");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isEqualTo(3);
        assertThat(opened.out()).contains("own_firewall").doesNotContain("silent");
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out()).contains("own_firewall_keeps_in");
        assertThat(ajar("status", "--json").out()).contains("own_firewall");

        Lab.shape("lets-out");
        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(ajar("close", "25565").exitCode()).isZero();
    }

    @Test
    void the_router_behind_a_floating_gateway_is_named_and_works_when_named() {
        Lab.script("up", "igd2");
        Lab.shape("floating");

        Outcome silent = ajar("open", "25565");
        assertThat(silent.exitCode()).as(silent.out() + silent.err()).isEqualTo(3);
        assertThat(silent.err()).contains("floating address").contains("ajar open PORT --gateway 192.168.77.2");
        Outcome doctor = ajar("doctor", "25565", "--json", "--timeout", "30s");
        assertThat(doctor.out()).contains("floating_gateway").contains("ajar open 25565 --gateway 192.168.77.2");

        Outcome named = ajar("open", "25565", "--gateway", "192.168.77.2");
        assertThat(named.exitCode()).as(named.out() + named.err()).isZero();
        assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isTrue();
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void a_floating_gateway_that_is_one_card_with_the_router_is_used() {
        Lab.script("up", "igd2");
        Lab.shape("floating-one-card");

        Outcome opened = ajar("open", "25565");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
        assertThat(leadsTo(Lab.LAN1, 25565)).as(Lab.rules()).isTrue();
        assertThat(ajar("discover", "--timeout", "30s").out())
                .contains("192.168.77.2 on eth0")
                .doesNotContain("not this machine's way");
        assertThat(ajar("close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }
}
