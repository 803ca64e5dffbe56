package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A router behind a router, and behind a provider's: real daemons on both, and bytes through both. */
class NestedIT extends InLab {
    private static final String THROUGH = "got hello from 11.22.33.10";

    @ParameterizedTest
    @CsvSource({
        "nested-lax, auto, 172.20.99.2, 172.20.99.1", "nested-lax, pcp, 172.20.99.2, 172.20.99.1",
        "nested-lax, nat-pmp, 172.20.99.2, 172.20.99.1", "nested-lax, upnp, 172.20.99.2, 172.20.99.1",
        "cgn, auto, 100.64.0.2, 192.0.0.9", "cgn, nat-pmp, 100.64.0.2, 192.0.0.9"
    })
    void with_consent_it_is_opened_on_both_used_and_closed_on_both(
            String flavour, String method, String far, String outer) {
        Lab.script("up", flavour);

        Outcome opened = ajar("open", "25565/both", "--upstream", "--method", method);

        assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
        assertThat(opened.out().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .contains(Lab.WAN + ":25565 → " + far + ":25565")
                        .contains("in front of it, " + outer));
        for (String protocol : new String[] {"tcp", "udp"}) {
            assertThat(Lab.throughOpenPort(protocol, 25565, 25565)).isEqualTo(THROUGH);
        }
        Outcome closed = ajar("close", "25565/both");
        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(Lab.outerRules() + Lab.rules()).doesNotContain("25565");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested-lax", "cgn"})
    void without_consent_the_router_in_front_is_left_alone_and_the_way_on_is_told(String flavour) {
        Lab.script("up", flavour);

        Outcome opened = ajar("open", "25565");

        assertThat(opened.exitCode()).isEqualTo(6);
        // Nothing at home can change what the provider's router does, so the option is suggested for a second router
        // alone.
        assertThat(opened.err())
                .contains("not reachable")
                .contains(flavour.equals("cgn") ? "carrier-grade NAT" : "--upstream");
        assertThat(Lab.outerRules()).doesNotContain("25565");
        assertThat(ajar("open", "25565", "--json").out())
                .contains("\"upstream\":[]")
                .contains("\"code\":\"second_nat\"");
    }

    @Test
    void the_one_in_front_can_be_named() {
        Lab.script("up", "nested-lax");

        Outcome opened = ajar("open", "25565", "--upstream-gateway", "172.20.99.1", "--json");

        assertThat(opened.exitCode()).as(opened.out()).isZero();
        assertThat(opened.out()).contains("\"reachability\":\"public\"").contains("172.20.99.1");
        assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo(THROUGH);
        assertThat(ajar("open", "25566", "--upstream-gateway", "8.8.8.8").exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_silent_router_in_front_is_reported_with_the_manual_steps() {
        Lab.script("up", "nested-lax");
        Lab.script("stop", "outer");

        Outcome opened = ajar("open", "25565", "--upstream");

        assertThat(opened.exitCode()).isEqualTo(6);
        assertThat(opened.err())
                .contains("the router in front of it does not answer")
                .contains("forward the same port to 172.20.99.2");
    }

    @Test
    void an_inner_router_that_refuses_is_explained() {
        Lab.script("up", "nested");

        Outcome refused = ajar("open", "25565", "--upstream");

        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err())
                .contains("This router forwards nothing as long as that is so")
                .contains("bridge mode");
        assertThat(Lab.outerRules()).doesNotContain("25565");
    }

    /** The daemon keeps both mappings for one desired mapping. */
    @Test
    void the_daemon_keeps_and_removes_both() {
        Lab.script("up", "nested-lax");
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            assertThat(ajar("open", "25565", "--upstream").exitCode()).isZero();
            assertThat(Lab.throughOpenPort("tcp", 25565, 25565)).isEqualTo(THROUGH);

            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(Lab.outerRules() + Lab.rules()).doesNotContain("25565");
        }
    }
}
