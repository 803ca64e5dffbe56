package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines whose way to the internet is another one than by a home router ({@code test-fixtures/lab/machines.sh}). */
class WayOutIT extends InLab {
    /** Open on the router, and no friend gets an answer. */
    @ParameterizedTest
    @CsvSource({
        "tunnel proton0 50, true",
        "halves eth7, true",
        "replaced nordlynx, true",
        "policy eno9, true",
        "wifi, false"
    })
    void answers_that_leave_by_a_tunnel_are_told(String shapes, boolean told) {
        Lab.script("up", "igd2");
        Lab.shape(shapes);

        Outcome opened = ajar("open", "25565");
        Outcome status = ajar("status");
        Outcome doctor = ajar("doctor", "--json");
        Outcome check = ajar("check", "25565");

        assertThat(opened.exitCode()).isZero();
        for (Outcome said : List.of(opened, status)) {
            assertThat((said.out() + said.err()).contains("leaves by the VPN"))
                    .as(said.out() + said.err())
                    .isEqualTo(told);
        }

        assertThat(doctor.out().contains("answers_leave_by_tunnel"))
                .as(doctor.out())
                .isEqualTo(told);
        assertThat(check.out().contains("leaves by the VPN")).as(check.out()).isEqualTo(told);
    }

    @Test
    void answers_that_no_rule_lets_out_are_told() {
        Lab.script("up", "igd2");
        Lab.shape("kill-switch");

        Outcome opened = ajar("open", "25565");

        assertThat(opened.exitCode()).isZero();
        assertThat(opened.out() + opened.err()).contains("no way to send one from " + Lab.LAN1);
        assertThat(ajar("doctor", "--json").out()).contains("no_way_for_answers");
    }

    @ParameterizedTest
    @CsvSource({
        "dialled ppp0, not_behind_nat, ppp0: 11.22.34.77",
        "self-given, no_default_route, 169.254.33.7",
        "no-signal, no_network, no signal"
    })
    void without_a_home_router_open_and_doctor_say_the_same(String shape, String verdict, String seen) {
        Lab.script("up", "igd2");
        Lab.shape(shape);

        Outcome opened = ajar("open", "25565");
        Outcome status = ajar("status");
        Outcome doctor = ajar("doctor", "--json");

        assertThat(opened.exitCode()).isEqualTo(3);
        assertThat(opened.err()).contains(seen);
        assertThat(status.err()).contains(seen);
        assertThat(doctor.out()).contains(verdict);
    }

    /** Open on the router, and some or all friends get no answer: the rest of what this machine can do to it. */
    @ParameterizedTest
    @CsvSource({
        "igd2, half tun0 128.0.0.0/1, some parts of the internet",
        "igd2, prohibit fwmark 1, keeps some packets (fwmark 0x1)",
        "igd2, keeps-answers, lets no answers",
        "twins, alias, leaves by the router 192.168.77.1"
    })
    void what_keeps_answers_from_friends_is_told(String flavour, String shape, String told) {
        Lab.script("up", flavour);
        Lab.shape(shape);
        String router = flavour.equals("twins") ? Lab.GATEWAY2 : Lab.GATEWAY;

        Outcome opened = ajar("open", "25565", "--gateway", router);
        Outcome check = ajar("check", "25565", "--gateway", router);

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.err()).contains(told);
        assertThat(check.out().replaceAll("\\s+", " ")).contains(told);
    }

    @Test
    void a_port_that_is_sent_on_to_a_container_needs_no_program_here() {
        Lab.script("up", "igd2");
        Lab.shape("sends-on docker0");

        Outcome opened = ajar("open", "25565");

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.err()).doesNotContain("Nothing listens");
        assertThat(ajar("check", "25565").out()).contains("sends it on").contains("own firewall lets connections in");

        // What is sent on has rules of its own.
        Lab.shape("shuts-sent-on");

        assertThat(ajar("list").err()).contains("sudo nft insert rule ip user f ct status dnat tcp dport 25565 accept");
    }

    /** The gateway's address is of another network, where nothing answers: the router is heard all the same. */
    @Test
    void behind_a_gateway_of_another_network_the_router_that_answers_is_named_or_used() {
        Lab.script("up", "igd2");
        Lab.shape("far-gateway");

        Outcome opened = ajar("open", "25565");

        if (opened.exitCode() != 0) {
            assertThat(opened.err()).contains("ajar open PORT --gateway " + Lab.GATEWAY);
            opened = ajar("open", "25565", "--gateway", Lab.GATEWAY);
        }
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.out()).contains(Lab.WAN + ":25565");
    }

    @Test
    void a_rule_of_ipv6_alone_that_forbids_is_told_with_it() {
        Lab.script("up", "ipv6");
        Lab.shape("prohibit6 fwmark 1");

        Outcome opened = ajar("open", "25565");

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.err())
                .contains("Over IPv6: Whether connections from the internet get an answer cannot be told")
                .contains("Friends join: " + Lab.WAN);
    }

    @Test
    void a_program_that_is_run_with_a_port_is_told_of_too_and_no_address_that_gets_no_answer() {
        Lab.script("up", "ipv6");
        Lab.shape("halves tun0");

        Outcome run = ajar("run", "--open", "25565", "--", "sleep", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Over IPv4: What this machine answers leaves by the VPN (tun0)")
                .contains("Friends join: [2a0b:77::10]:25565")
                .doesNotContain("Friends join: 11.22.33.1");
    }
}
