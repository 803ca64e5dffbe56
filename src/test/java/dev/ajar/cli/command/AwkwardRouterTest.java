package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Routers that do not do what they say. */
@Tag("hostile")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwkwardRouterTest extends CommandTestBase {
    @Test
    void a_router_without_leases_is_reported_to_keep_the_port_open() throws IOException {
        CliHarness ajar =
                behind(RouterScript.standard().speaking(Speaks.UPNP).igd(1).permanentLeasesOnly());

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("UPnP IGD:1").contains("until closed");
        assertThat(outcome.err()).contains("ajar close");
    }

    /** While the mapping is narrowed no unnamed client is let in, and the earlier desired mapping is not forgotten. */
    @Test
    void a_narrower_opening_that_is_refused_leaves_the_port_closed_until_it_is_renewed() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .with(new Fault(
                        "AddPortMapping",
                        Optional.of(Pattern.compile("203.0.113.9")),
                        Optional.empty(),
                        Integer.MAX_VALUE,
                        new Reaction.SoapFault(726, "RemoteHostOnlySupportsWildcard"))));
        ajar.run("open", "8554");

        Outcome narrowed = ajar.run("open", "8554", "--from", "203.0.113.9");

        assertThat(narrowed.exitCode()).as(narrowed.out()).isNotZero();
        assertThat(router().table()).isEmpty();
        assertThat(narrowed.err()).contains("closed first").contains("ajar status");
        assertThat(desiredMappings())
                .singleElement()
                .matches(desired -> desired.mapping().remote().isEmpty());
    }

    /** PCP and NAT-PMP keep one mapping for each internal port: a second request must not remove the first. */
    @ParameterizedTest
    @CsvSource({"pcp", "nat-pmp"})
    void a_second_external_port_of_the_same_internal_port_does_not_close_the_first(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome both = ajar.run("open", "18443:18080", "19443:18080", "--method", method);
        assertThat(both.exitCode()).as(both.err()).isEqualTo(7);
        assertThat(ajar.run("open", "20443:18080", "--method", method).exitCode())
                .isEqualTo(5);

        assertThat(router().table()).hasSize(1).first().asString().startsWith("tcp 18443 ");
        assertThat(ajar.run("status").out()).contains("tcp 18443");
    }

    @ParameterizedTest
    @EnumSource(
            value = Speaks.class,
            names = {"PCP", "NAT_PMP"})
    void force_closes_what_it_can_see_and_nothing_else(Speaks protocol) throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(protocol, Speaks.UPNP));
        neighbour().run("open", "25565", "--to", "127.0.0.2");
        ajar.run("open", "25566");

        Outcome forced = ajar.run("close", "25565", "--force");

        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(router().table()).hasSize(1).first().asString().startsWith("tcp 25566");
    }

    @Test
    void force_without_a_list_closes_nothing() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.NAT_PMP));
        neighbour().run("open", "25565");

        assertThat(ajar.run("close", "25565", "--force", "--timeout", "1s").exitCode())
                .isEqualTo(8);
        assertThat(router().table()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Pretend, 8", "Fault, 4"})
    void a_removal_counts_once_the_entry_is_gone(String kind, int exitCode) throws IOException {
        Reaction reaction =
                kind.equals("Pretend") ? new Reaction.Pretend() : new Reaction.SoapFault(714, "NoSuchEntryInArray");
        // A yes that left the entry there is asked for once more.
        int times = kind.equals("Pretend") ? 2 : 1;
        CliHarness ajar = behind(
                RouterScript.standard().speaking(Speaks.UPNP).with(new Fault("DeletePortMapping", times, reaction)));
        ajar.run("open", "25565");

        assertThat(ajar.run("close", "25565").exitCode()).isEqualTo(exitCode);
        assertThat(router().table()).hasSize(1);
        assertThat(ajar.run("close", "25565").exitCode()).isZero();
        assertThat(router().table()).isEmpty();
    }

    @Test
    void a_lost_answer_does_not_make_the_port_permanent() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .igd(1)
                .with(Fault.once("AddPortMapping", new Reaction.Pretend())));

        Outcome outcome = ajar.run("open", "25565", "--lease", "30m");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(router().table().getFirst()).endsWith(" 1800");
    }

    /** A router whose every query for one entry fails with a code that elsewhere means "no such entry". */
    @ParameterizedTest
    @CsvSource({"501", "402", "401"})
    void the_list_decides_if_the_query_for_one_entry_does_not(int code) throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .igd(1)
                .with(Fault.always("GetSpecificPortMappingEntry", new Reaction.SoapFault(code, "no"))));

        assertThat(ajar.run("open", "25565").exitCode()).isZero();
        assertThat(router().asked().stream().filter("AddPortMapping"::equals)).hasSize(1);
        assertThat(ajar.run("close", "25565").out()).startsWith("closed");
        assertThat(router().table()).isEmpty();
    }

    @Test
    void a_mapping_that_cannot_be_read_back_is_open_and_not_verified() throws IOException {
        Reaction empty = Reaction.Raw.of("HTTP/1.1 200 OK\r\n\r\n");
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .igd(1)
                .with(Fault.always("AddPortMapping", empty))
                .with(Fault.always("GetSpecificPortMappingEntry", empty))
                .with(Fault.always("GetGenericPortMappingEntry", Reaction.Raw.of("nonsense"))));

        CliHarness.Outcome opened = ajar.run("open", "25565", "--timeout", "4s");
        assertThat(opened.exitCode()).isZero();
        assertThat(opened.out()).startsWith("open, not verified");
    }

    /** If a server answers the search and then falls silent, ajar uses the next protocol. */
    @Test
    void a_protocol_that_falls_silent_is_followed_by_the_next() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.PCP, Speaks.UPNP)
                .with(new Fault("pcp", 1, new Reaction.Delay(Duration.ZERO)))
                .with(Fault.always("pcp", new Reaction.Silence())));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("UPnP IGD:2");
    }

    @Test
    void a_status_line_that_breaks_the_http_client_breaks_nothing_else() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .with(Fault.always("AddPortMapping", Reaction.Raw.of("HTTP/1.1 000 x\r\n\r\n"))));

        assertThat(ajar.run("open", "25565").exitCode()).isEqualTo(8);
    }

    @Test
    void a_gateway_that_cannot_map_ports_is_not_called_silent() throws IOException {
        String bridge =
                "<root><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType></device></root>";
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .with(Fault.always("description", Reaction.Raw.of("HTTP/1.1 200 OK\r\n\r\n" + bridge))));

        Outcome outcome = ajar.run("open", "25565", "--timeout", "2s");

        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err()).contains("has no port forwarding");
    }

    @Test
    void names_are_read_from_the_second_editions_list() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP));
        ajar.run("open", "25565", "--name", "Castle");

        assertThat(router().asked()).doesNotContain("GetListOfPortMappings");
        assertThat(ajar.run("list").out()).contains("Castle");
        assertThat(router().asked()).contains("GetListOfPortMappings");
    }

    /** Whatever a router answers once in between: in the end the port is open, or the output says why not. */
    @ParameterizedTest
    @CsvSource({"AddPortMapping", "GetSpecificPortMappingEntry", "GetExternalIPAddress", "description"})
    void one_bad_answer_does_not_decide(String action) throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .igd(1)
                .with(Fault.once(action, Reaction.Raw.of("HTTP/1.1 500 Error\r\n\r\nnonsense"))));

        Outcome outcome = ajar.run("open", "25565", "--timeout", "3s");

        boolean open = !router().table().isEmpty();
        assertThat(outcome.exitCode() == 0).as(outcome.err()).isEqualTo(open);
    }

    @Test
    void a_router_that_only_pretends_is_found_out() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.UPNP)
                .with(Fault.always("AddPortMapping", new Reaction.Pretend())));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.err()).contains("not in its list");
    }

    @Test
    void a_protocol_that_is_switched_off_is_followed_by_the_next() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(Speaks.PCP, Speaks.UPNP)
                .with(new Fault("pcp", 1, new Reaction.Delay(Duration.ZERO)))
                .with(Fault.always("pcp", new Reaction.SoapFault(2, "NOT_AUTHORIZED"))));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("UPnP IGD:2");
    }

    @Test
    void hostile_names_are_shown_harmlessly() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP).named("Evil\u001b[2J", "\u202eX\u0007"));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Evil[2J").doesNotContain("\u001b").doesNotContain("\u202e");
    }

    /** Only the list of a router shows that it granted less than was asked for, so the list counts. */
    @ParameterizedTest
    @EnumSource(Speaks.class)
    void a_shortened_lease_is_reported_as_granted(Speaks protocol) throws IOException {
        CliHarness ajar =
                behind(RouterScript.standard().speaking(protocol).igd(1).leasesUpTo(120));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("lease 2m");
    }

    /** No daemon noticed it: the state file alone would still call it open. */
    @Test
    void what_the_router_lost_in_a_restart_is_not_called_open() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP));
        assertThat(ajar.run("open", "25565").exitCode()).isZero();
        assertThat(ajar.run("status").out()).contains("25565").doesNotContain("gone: the router has lost it");

        router().forgetEverything();

        assertThat(ajar.run("status").out()).contains("gone: the router has lost it");
    }

    /** What PCP and NAT-PMP opened is in the list of UPnP on most routers, not on all. */
    @ParameterizedTest
    @EnumSource(
            value = Speaks.class,
            names = {"PCP", "NAT_PMP"})
    void what_another_protocol_opened_is_not_gone_because_the_list_does_not_have_it(Speaks protocol)
            throws IOException {
        CliHarness ajar = behind(RouterScript.standard()
                .speaking(protocol, Speaks.UPNP)
                .igd(1)
                .with(Fault.always("GetGenericPortMappingEntry", new Reaction.SoapFault(713, "none")))
                .with(Fault.always("GetSpecificPortMappingEntry", new Reaction.SoapFault(714, "none"))));
        assertThat(ajar.run("open", "25565").out()).doesNotContain("UPnP");

        assertThat(ajar.run("list").out())
                .contains("25565 tcp (cannot be told)")
                .doesNotContain("(gone)");
    }
}
