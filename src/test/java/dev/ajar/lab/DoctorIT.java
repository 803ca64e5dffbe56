package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import org.junit.jupiter.api.Test;

/** The doctor on a real machine: real sockets, a real firewall, real routes, a real router daemon. */
class DoctorIT extends InLab {
    private void verdict(String id, String... arguments) {
        saying("\"verdict\":{\"id\":\"" + id + "\"", arguments);
    }

    /** From a port on which no program listens to one that works; the doctor leaves the router unchanged. */
    @Test
    void a_port_from_the_server_to_the_internet() {
        Lab.script("up", "igd2");
        verdict("nobody_listens", "doctor", "25565", "--json");

        try (LabProcess server = LabProcess.server("lan1", "127.0.0.1", 25565)) {
            assertThat(server.process().isAlive()).isTrue();
            verdict("listens_on_loopback", "doctor", "25565", "--json");
        }
        try (LabProcess server = LabProcess.server("lan1", "0.0.0.0", 25565)) {
            assertThat(server.process().isAlive()).isTrue();
            verdict("all_well", "doctor", "25565", "--json");
            assertThat(Lab.rules()).as("what was tried is closed again").doesNotContain("25565");

            saying("The router's list does not show it", "check", "25565");
            assertThat(ajar("open", "25565").exitCode()).isZero();
            String forwarded = "The router forwards it to " + Lab.LAN1 + ":25565, this machine.";
            Outcome checked = saying(forwarded, "check", "25565");
            assertThat(checked.exitCode()).as(checked.out()).isZero();
            assertThat(checked.out()).contains("Something listens on tcp 25565");

            Lab.in("lan1", "nft", "add", "table", "inet", "house");
            Lab.in("lan1", "nft", "add chain inet house input { type filter hook input priority 0; policy accept; }");
            Lab.in("lan1", "nft", "add rule inet house input tcp dport 25565 drop");
            verdict("host_firewall", "doctor", "25565", "--json");
        }
    }

    @Test
    void a_router_without_any_protocol_is_told_with_the_way_by_hand() {
        Lab.script("up", "none");

        // Its kernel limits the rate of ICMP errors, so the rejection may not arrive.
        assertThat(ajar("doctor", "--json").out()).containsPattern("\"verdict\":\\{\"id\":\"(silent|switched_off)\"");
        Outcome open = ajar("open", "25565");
        assertThat(open.err()).contains("every step filled in: ajar guide 25565");
        assertThat(ajar("guide", "25565").out()).contains("http://192.168.77.1", Lab.LAN1);
    }

    @Test
    void what_is_beyond_the_router() {
        Lab.script("up", "igd2");
        Lab.script("wan", "192.168.5.2");
        // This router daemon tells no private address; only its refusals by PCP show it.
        verdict("second_router", "doctor", "--json");
        verdict("second_router", "doctor", "25565", "--json");
        Lab.script("wan", "11.22.33.2");
        verdict("all_well", "doctor", "--json");
    }

    @Test
    void no_default_route_and_one_through_a_tunnel() {
        Lab.script("up", "igd2");
        Lab.script("vpn");
        verdict("vpn_has_route", "doctor", "--json");

        Lab.script("up", "igd2");
        Lab.in("lan1", "ip", "route", "del", "default");
        verdict("no_default_route", "doctor", "--json");

        Lab.in("lan1", "ip", "address", "flush", "dev", "eth0");
        verdict("no_network", "doctor", "--json");
    }

    @Test
    void a_dangerous_port_is_refused_before_anything_is_asked() {
        Lab.script("up", "igd2");

        Outcome refused = ajar("open", "4023:23");
        assertThat(refused.exitCode()).isEqualTo(9);
        assertThat(refused.err()).contains("Telnet", "--yes-expose telnet");
        assertThat(Lab.rules()).doesNotContain("4023");

        assertThat(ajar("open", "4023:23", "--yes-expose", "telnet").exitCode()).isZero();
        assertThat(Lab.rules()).contains("4023");
    }

    @Test
    void a_preset_opens_its_ports_or_says_which_it_could_not() {
        Lab.script("up", "igd2");

        // This router allows no ports below 1024, so it opens only the others.
        Outcome opened = ajar("open", "ftp", "--passive", "50000-50003");

        assertThat(opened.exitCode()).as(opened.err()).isEqualTo(7);
        assertThat(opened.err()).contains("failed  tcp 21", "clear text");
        assertThat(Lab.rules()).contains("50003").doesNotContain("50004");
        assertThat(ajar("open", "minecraft").out()).contains(":25565");
    }
}
