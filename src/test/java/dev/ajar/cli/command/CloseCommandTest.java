package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ajar close} as users type it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseCommandTest extends CommandTestBase {
    @Test
    void an_application_closes_by_its_name() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "minecraft", "8080");

        Outcome closed = ajar.run("close", "minecraft");

        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(closed.out()).contains("closed  tcp 25565");
        assertThat(router().table()).hasSize(1);
    }

    @Test
    void all_closes_everything_once() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565/both", "8443:443");

        Outcome closed = ajar.run("close", "--all");

        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(closed.out().lines()).hasSize(3).allMatch(line -> line.startsWith("closed  "));
        assertThat(router().table()).isEmpty();
        assertThat(desiredMappings()).isEmpty();
    }

    @Test
    void without_a_port_it_says_what_is_open_and_closes_nothing() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "8443:443", "19132/udp");

        Outcome listed = ajar.run("close");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out().lines())
                .containsExactly(
                        "tcp 8443 → 443   ajar close 8443",
                        "udp 19132   ajar close 19132/udp",
                        "All of them: ajar close --all");
        assertThat(router().table()).hasSize(2);
        assertThat(ajar.run("close", "--json").out())
                .contains("\"closable\":[{\"protocol\":\"tcp\",\"external_port\":8443,\"internal_port\":443}");
    }

    @Test
    void the_word_all_is_everything() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565", "8443:443", "--ipv4");

        assertThat(ajar.run("close", "everything").exitCode()).isZero();
        assertThat(ajar.run("close", "all").exitCode()).isZero();
        assertThat(router().table()).isEmpty();
        assertThat(ajar.run("close", "all", "25565").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "close --all"})
    void nothing_open_is_no_failure(String command) throws IOException {
        Outcome outcome = behind(RouterScript.standard()).run(command.split(" "));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo("Nothing that ajar opened is open.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void the_port_that_was_asked_for_finds_the_one_that_the_router_gave(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        neighbour().run("open", "25565:9999", "--method", "upnp");
        Outcome opened = ajar.run("open", "25565", "--external-port", "any", "--method", method);
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(router().table()).hasSize(2);

        Outcome closed = ajar.run("close", "25565");

        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(closed.out()).startsWith("closed  tcp ").contains(":25565");
        assertThat(router().table()).hasSize(1).allMatch(entry -> entry.contains(":9999"));
        assertThat(desiredMappings()).isEmpty();
    }

    @Test
    void what_else_is_open_for_the_port_is_mentioned() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565/both", "25566:25565", "--method", "upnp");

        Outcome closed = ajar.run("close", "25565");

        assertThat(closed.err())
                .contains("udp 25565 leads to 127.0.0.1:25565 and is still open. To close it: ajar close 25565/udp")
                .contains("tcp 25566 leads to 127.0.0.1:25565 and is still open. To close it: ajar close 25566");
        assertThat(ajar.run("close", "25566", "25565/udp").err()).doesNotContain("still open");
    }
}
