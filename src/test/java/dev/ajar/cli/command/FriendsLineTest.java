package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.render.FriendsLine;
import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one line to send to friends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FriendsLineTest extends CommandTestBase {
    @ParameterizedTest
    @CsvSource({
        "minecraft, 203.0.113.7",
        "25565/both, 203.0.113.7:25565",
        "valheim, 203.0.113.7:2456",
        "8443:443, 203.0.113.7:8443",
        "8001 8002, '203.0.113.7:8001, 203.0.113.7:8002'",
        "50000-50049, 203.0.113.7",
    })
    void is_the_last_line_of_a_success(String ports, String address) throws IOException {
        Outcome opened = behind(RouterScript.standard()).run(("open " + ports).split(" "));

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.err().lines().reduce("", (first, last) -> last)).isEqualTo("Friends join: " + address);
    }

    @Test
    void is_not_said_of_an_address_that_friends_cannot_reach() throws IOException {
        Outcome opened = behind(RouterScript.standard().external("100.64.3.4")).run("open", "minecraft");

        assertThat(opened.exitCode()).isEqualTo(6);
        assertThat(opened.err()).doesNotContain("Friends join");
    }

    /** Friends were sent to a port of the range beside the one that was refused, where they get no answer. */
    @Test
    void is_not_said_where_the_port_to_type_was_refused() throws IOException {
        Fault refused = new Fault(
                "AddPortMapping",
                Optional.of(Pattern.compile("<NewExternalPort>21<")),
                Optional.empty(),
                Integer.MAX_VALUE,
                new Reaction.SoapFault(606, "Action not authorized"));
        Outcome opened = behind(RouterScript.standard()
                        .igd(1)
                        .speaking(RouterScript.Speaks.UPNP)
                        .with(refused))
                .run("open", "ftp");

        assertThat(opened.exitCode()).as(opened.err()).isEqualTo(7);
        assertThat(opened.err()).contains("Ports that are open now: 50 of 51").doesNotContain("Friends join");
    }

    @Test
    void programs_read_it_too() throws IOException {
        assertThat(behind(RouterScript.standard())
                        .run("open", "minecraft", "--json")
                        .out())
                .contains("\"friends_join\":[\"203.0.113.7\"]");
    }

    @Test
    void an_ipv6_address_is_in_brackets() throws IOException {
        FriendsLine line = new FriendsLine(Set.of(new Port(25565)), true);

        assertThat(line.of(InetAddress.getByName("2001:db8::7"), new Port(25566))
                        .map(Message::toString))
                .contains("Friends join: [2001:db8::7]:25566");
        assertThat(line.of(InetAddress.getByName("2001:db8::7"), new Port(25565))
                        .map(Message::toString))
                .contains("Friends join: [2001:db8::7]");
        assertThat(line.of(Samples.ip("192.168.1.2"), new Port(25565))).isEmpty();
    }
}
