package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Homes in which something of this machine stands between it and its router ({@code test-fixtures/lab/homes.sh}). */
class HomesIT extends InLab {
    /** The command that the text names first, from {@code sudo} to the end of its line; a narrow terminal folds it. */
    private static void follow(String text) {
        String plain = text.replaceAll("\\s*\\n\\s*", " ");
        String command = plain.substring(plain.indexOf("sudo ") + 5).replaceAll(" (?:- |seen |Asked:|Also:).*", "");
        Outcome done = Lab.in("lan1", "sh", "-c", command);
        assertThat(done.exitCode()).as(command + done.out() + done.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-network tun0", "own-network tun0 192.168.77.0/25", "own-network-rule tun0"})
    void a_vpn_with_the_homes_own_network_is_named_and_the_router_kept_out_of_it(String shape) {
        Lab.script("up", "igd2");
        Lab.shape(shape);

        Outcome opened = ajar("open", "25565");
        assertThat(opened.exitCode()).isEqualTo(3);
        assertThat(opened.err()).contains("a VPN (tun0) has a route to the home's own network");
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out()).contains("vpn_has_route");

        follow(opened.err());
        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
    }

    /** The router's refusal alone tells it. What is open over IPv6 stays so. */
    @ParameterizedTest
    @CsvSource({"100.72.1.2/24, carrier_grade_nat", "192.0.0.2/29, ds_lite"})
    void a_line_that_friends_reach_over_ipv6_alone_is_told_by_open_and_doctor(String line, String verdict) {
        Lab.script("up", "ipv6");
        Lab.shape("line " + line);

        assertThat(ajar("open", "25565").exitCode()).isEqualTo(7);
        assertThat(ajar("doctor", "25565", "--json", "--timeout", "30s").out())
                .contains("\"id\":\"" + verdict + "\"")
                .contains("_over_ipv6\"");
        assertThat(ajar("list", "--timeout", "30s").out()).contains("[2a0b:77::10]:25565");
    }

    /** By the other link, ajar asks a router that has none of its protocols; with one link, all is right. */
    @Test
    void of_two_networks_with_the_same_addresses_the_other_can_be_switched_off() {
        Lab.script("up", "igd2");
        Lab.shape("twin-networks eth1");

        assertThat(ajar("open", "25565", "--timeout", "15s").exitCode()).isEqualTo(3);
        String told = ajar("doctor", "--timeout", "30s").out();
        assertThat(told.replaceAll("\\s+", " "))
                .contains("Two links of this machine, eth1 and eth0, lead to a router with the address 192.168.77.1")
                .contains("disconnect eth1");

        Lab.in("lan1", "ip", "link", "set", "eth1", "down");
        assertThat(ajar("open", "25565").exitCode()).isZero();
        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
    }

    /** The rule that keeps the router out of the tunnel is for ajar's questions: answers to friends are told apart. */
    @Test
    void a_rule_about_this_machines_own_address_takes_the_router_too() {
        Lab.script("up", "igd2");
        Lab.shape("own-address-rule tun0");

        Outcome opened = ajar("open", "25565", "--timeout", "15s");
        assertThat(opened.err()).contains("a VPN (tun0) has a route to the home's own network");

        follow(opened.err());
        Outcome again = ajar("open", "25565");
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("leaves by the VPN (tun0)");
    }

    @Test
    void a_network_card_that_was_entered_by_hand_is_named_and_removed() {
        Lab.script("up", "igd2");
        Lab.shape("wrong-card");

        Outcome opened = ajar("open", "25565", "--timeout", "15s");
        assertThat(opened.err()).contains("was entered by hand on this machine as 02:00:00:00:00:99");
        assertThat(ajar("doctor", "--timeout", "30s").out()).contains("entered by");

        follow(opened.err());
        assertThat(ajar("open", "25565").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "igd2, keeps-in, own_firewall_keeps_in",
        "igd2, drops-answers, own_firewall_keeps_out",
        "igd2, older-drops-answers, own_firewall_keeps_out",
        "igd1, keeps-pages-in, own_firewall_keeps_in",
        "igd1, drops-pages, own_firewall_keeps_out"
    })
    void the_exact_rule_is_the_next_step_where_an_own_firewall_is_in_the_way(
            String flavour, String shape, String verdict) {
        Lab.script("up", flavour);
        Lab.shape(shape);

        String refused = ajar("open", "25565").err();
        assertThat(refused).containsPattern("sudo (?:nft|iptables-legacy) .*192\\.168\\.77\\.1");
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out()).contains(verdict);
        follow(ajar("doctor", "--timeout", "30s").out());

        Outcome opened = ajar("open", "25565");
        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
    }

    @Test
    void rules_of_the_older_program_are_read_and_its_own_command_lets_friends_in() {
        Lab.script("up", "igd2");
        Lab.shape("older-rules INPUT -p tcp --dport 25565 -j DROP");

        Outcome opened = ajar("open", "25565");
        assertThat(opened.err()).contains("sudo iptables-legacy -I INPUT -p tcp --dport 25565 -j ACCEPT");
        assertThat(Lab.throughClosedPort("tcp", Lab.WAN, 25565)).doesNotContain("got hello");

        Lab.in("lan1", "iptables-legacy", "-I", "INPUT", "-p", "tcp", "--dport", "25565", "-j", "ACCEPT");
        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
    }

    @Test
    void what_the_router_refuses_is_not_taken_for_the_own_firewall() {
        Lab.script("up", "igd2");
        Lab.shape("refused");

        assertThat(ajar("open", "25565", "--timeout", "15s").err()).doesNotContain("own firewall");
        // A kernel sends so many refusals a second and no more: without one, the router is silent.
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out())
                .containsAnyOf("\"id\":\"switched_off\"", "\"id\":\"silent\"")
                .doesNotContain("own_firewall");
    }

    @Test
    void a_television_is_not_another_router() {
        Lab.script("up", "none");
        Lab.shape("television");

        assertThat(ajar("open", "25565", "--timeout", "15s").err()).doesNotContain("192.168.77.11");
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out())
                .contains("\"id\":\"s")
                .doesNotContain("other_router_answers", "answers_nonsense");
    }

    @ParameterizedTest
    @CsvSource({
        "tap tap0 52:55:0a:00:02:02 10.0.2.100/24 10.0.2.2, container network, docker run --network host",
        "tap enp3s0 9a:55:9a:55:9a:55 192.168.77.10/24 192.168.77.1, container network, docker run --network host",
        "pod, pod of Kubernetes, hostNetwork: true"
    })
    void a_container_of_any_kind_is_known(String shape, String what, String next) {
        Lab.script("up", "none");
        Lab.shape(shape);

        assertThat(ajar("open", "25565", "--timeout", "15s").err())
                .contains(what)
                .contains(next);
        assertThat(ajar("doctor", "--json", "--timeout", "30s").out()).contains("container_bridge");
    }

    /** No file shows the second next hop, so that {@code open}, which starts no program, says nothing. */
    @Test
    void check_and_doctor_examine_every_next_hop() {
        Lab.script("up", "igd2");
        Lab.shape("two-hops");
        assertThat(ajar("open", "25565").exitCode()).isZero();

        assertThat(ajar("check", "25565").out().replaceAll("\\s+", " "))
                .contains("some parts of the internet get no answer")
                .contains("leaves by 192.168.77.254");
        assertThat(ajar("doctor", "25565", "--json", "--timeout", "30s").out())
                .contains("answers_leave_by_other_router");
    }
}
