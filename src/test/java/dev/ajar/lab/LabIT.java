package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ajar as it is shipped, against the real miniupnpd, with bytes from the internet host arriving or not. */
class LabIT extends InLab {
    private static void assertRules(boolean present) {
        String rules = Lab.rules();
        for (String protocol : new String[] {"0x6 ", "0x11 "}) {
            String rule = protocol + "th dport 25565 dnat ip to " + Lab.LAN1 + ":25565";
            assertThat(rules.contains(rule)).as(rules).isEqualTo(present);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "igd2, upnp, UPnP IGD:2",
        "igd2, nat-pmp, NAT-PMP",
        "igd2, pcp, PCP",
        "igd2, auto, PCP",
        "igd1, upnp, UPnP IGD:1",
        "igd1, auto, UPnP IGD:1",
        "pxp, nat-pmp, NAT-PMP",
        "pxp, pcp, PCP",
        "pxp, auto, PCP",
    })
    void a_port_is_opened_used_listed_and_closed(String flavour, String method, String title) {
        Lab.script("up", flavour);

        Outcome opened = ajar("open", "25565/both", "--method", method);
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.out().lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains(Lab.WAN + ":25565").contains(title));
        assertRules(true);

        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");
        assertThat(Lab.throughOpenPort("udp", 25565, 25565)).isEqualTo("got hello from 11.22.33.10");

        if (!flavour.equals("pxp")) {
            String theirs = Lab.in("lan1", "upnpc", "-l").out();
            assertThat(theirs)
                    .contains("TCP 25565->" + Lab.LAN1 + ":25565")
                    .contains("UDP 25565->" + Lab.LAN1 + ":25565");
        }
        if (method.equals("nat-pmp")) {
            assertThat(Lab.natpmpc("-a", "25565", "25565", "tcp", "3600")).contains("Mapped public port 25565");
        }
        assertThat(ajar("list").out().lines().filter(line -> line.startsWith("*")))
                .hasSize(2);
        assertThat(ajar("status").out()).contains(Lab.WAN + ", public").contains("tcp 25565");

        Outcome closed = ajar("close", "25565/both");
        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertRules(false);
        assertThat(Lab.throughClosedPort("tcp", Lab.WAN, 25565)).isEmpty();
        assertThat(ajar("list").out()).doesNotContain("25565");
    }

    @Test
    void without_a_daemon_the_answer_says_what_was_asked() {
        Lab.script("up", "none");

        Outcome outcome = ajar("open", "25565");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("ajar: no router answered").contains("What to do:", "ajar guide 25565");

        outcome = ajar("open", "25565", "-v");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("no router answered")
                .contains("PCP 192.168.77.1")
                .contains("239.255.255.250")
                .contains("What to do:");
    }

    @Test
    void secure_mode_is_not_a_conflict() {
        Lab.script("up", "igd2");

        for (String option : new String[] {"auto", "upnp"}) {
            Outcome outcome = ajar("open", "8554:554", "--to", Lab.LAN2, "--method", option);

            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(outcome.err()).contains("the router only lets a device open ports for itself");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void a_neighbours_port_stays_the_neighbours(String method) {
        Lab.script("up", "igd2");
        assertThat(Lab.ajar("lan2", stateFolder, "open", "25565").exitCode()).isZero();
        String before = Lab.rules();

        Outcome outcome = ajar("open", "25565", "--method", method);

        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isEqualTo(5);
        assertThat(outcome.err()).contains(method.equals("upnp") ? Lab.LAN2 + ":25565" : "offered 25566");
        assertThat(Lab.rules()).isEqualTo(before);
        assertThat(ajar("close", "25565").exitCode()).isEqualTo(9);
        assertThat(Lab.rules()).isEqualTo(before);
        assertThat(ajar("open", "25565", "--external-port", "any", "--method", method)
                        .out())
                .contains(":25566");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "upnp", "nat-pmp", "pcp"})
    void a_router_behind_another_says_so(String method) {
        Lab.script("up", "private");

        Outcome outcome = ajar("open", "25565", "--method", method, "--json");

        assertThat(outcome.exitCode()).isEqualTo(6);
        assertThat(outcome.out()).contains("\"code\":\"second_nat\"");
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void after_a_power_cut_everything_can_be_closed_and_opened_again(String method) {
        Lab.script("up", "igd2");
        assertThat(ajar("open", "25565/both", "--method", method).exitCode()).isZero();
        Lab.script("restart", "0");
        assertRules(false);

        assertThat(ajar("open", "25565/both", "--method", method).exitCode()).isZero();
        assertRules(true);
        assertThat(ajar("close", "25565/both").exitCode()).isZero();
        assertRules(false);
    }

    @Test
    void a_port_that_cannot_be_recorded_is_not_opened() {
        Lab.script("up", "igd2");

        Outcome outcome = Lab.ajar("lan1", Path.of("/proc/nowhere"), "open", "25565");

        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.err().lines().findFirst().orElse("")).contains("/proc/nowhere");
        assertRules(false);
    }

    @Test
    void everything_is_found_and_told() {
        Lab.script("up", "igd2");

        Outcome outcome = ajar("discover");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("found")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("192.168.77.1 on eth0"));
        assertThat(outcome.out())
                .contains("http://192.168.77.1:5000/rootDesc.xml")
                .contains("asked:");
    }

    /** A process left behind would hold up a launch script. */
    @Test
    void nothing_is_left_running_or_listening() {
        Lab.script("up", "igd2");
        ajar("open", "25565");

        assertThat(Lab.in("lan1", "ss", "-Hlntup").out()).isEmpty();
    }
}
