package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ajar address}: the address alone. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AddressCommandTest extends CommandTestBase {
    @Test
    void a_public_address_is_the_whole_answer() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome outcome = ajar.run("address");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("203.0.113.7\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(ajar.run("address", "--json").out())
                .contains("\"command\":\"address\",\"exit_code\":0,\"external_address\":\"203.0.113.7\"");
    }

    @Test
    void an_address_that_friends_cannot_reach_is_no_success() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().external("100.64.3.4"));

        Outcome outcome = ajar.run("address");

        assertThat(outcome.exitCode()).isEqualTo(6);
        assertThat(outcome.err())
                .startsWith("ajar: The router's address 100.64.3.4 is one that the provider shares")
                .doesNotContain("- The router's address");
        assertThat(ajar.run("address", "--json").out()).contains("\"exit_code\":6");
    }

    /** "That address" was none. */
    @Test
    void no_address_is_said_to_be_of_no_use_where_the_router_tells_none() throws IOException {
        Outcome outcome = behind(RouterScript.standard().external("0.0.0.0")).run("address");

        assertThat(outcome.exitCode()).isEqualTo(6);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("ajar: The router tells no internet address")
                .doesNotContain("that address:");
    }
}
