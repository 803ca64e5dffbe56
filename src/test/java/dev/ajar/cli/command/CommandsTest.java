package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on the embedded router, from the arguments to the router's table. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandsTest extends CommandTestBase {
    @ParameterizedTest
    @CsvSource({"upnp, 'UPnP IGD:2, Example RX-5'", "nat-pmp, NAT-PMP", "pcp, PCP", "auto, PCP"})
    void open_list_close_by_each_method(String method, String title) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome opened = ajar.run("open", "25565/both", "--method", method);
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.out().lines())
                .containsExactly(
                        "open  tcp 203.0.113.7:25565 → 127.0.0.1:25565   " + title + ", lease 2h",
                        "open  udp 203.0.113.7:25565 → 127.0.0.1:25565   " + title + ", lease 2h");
        assertThat(router().table()).hasSize(2);

        Outcome listed = ajar.run("list");
        assertThat(listed.out().lines())
                .filteredOn(line -> line.startsWith("*"))
                .hasSize(2);

        Outcome closed = ajar.run("close", "25565/both");
        assertThat(closed.exitCode()).as(closed.err()).isZero();
        assertThat(router().table()).isEmpty();
        assertThat(ajar.run("status").out()).contains("opened by ajar    nothing");
    }

    /** No process may be there to close it. */
    @Test
    void with_quiet_only_failures_are_told() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        for (String command : List.of(
                "open 25565",
                "list",
                "status",
                "discover",
                "extend 25565 --for 3h",
                "open --method manual 8080",
                "close 25565")) {
            Outcome quiet = ajar.run((command + " --quiet").split(" "));
            assertThat(quiet.exitCode()).as(command + quiet.err()).isZero();
            assertThat(quiet.out() + quiet.err()).as(command).isEmpty();
        }
        assertThat(ajar.run("list", "-q", "--json").out()).contains("\"command\":\"list\"");
        Outcome refused = ajar.run("open", "3389", "-q");
        assertThat(refused.exitCode()).isEqualTo(9);
        assertThat(refused.err()).contains("Remote Desktop");
    }

    @Test
    void the_list_and_the_status_are_in_the_order_of_the_ports() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        for (String port : List.of("25567", "8080/udp", "25565", "25566")) {
            ajar.run("open", port, "--ipv4");
        }

        assertThat(ajar.run("list").out()).containsSubsequence("8080 ", "25565-25567 ");
        assertThat(ajar.run("status").out()).containsSubsequence("udp 8080 ", "tcp 25565-25567 ");
    }

    /** By PCP the router makes a name up; the one that ajar gave tells what the port is for. */
    @ParameterizedTest
    @ValueSource(strings = {"pcp", "upnp"})
    void the_list_shows_what_ajar_opened_under_its_own_name(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565", "--name", "Castle", "--method", method, "--ipv4");
        ajar.run("open", "25570", "--method", method, "--ipv4");

        Outcome listed = ajar.run("list");

        assertThat(listed.out().lines().filter(line -> line.contains("25565")))
                .singleElement()
                .asString()
                .endsWith("Castle");
        assertThat(listed.out().lines().filter(line -> line.contains("25570")))
                .singleElement()
                .asString()
                .endsWith("ajar 25570 tcp");
        assertThat(ajar.run("list", "--json").out()).contains("\"name\":\"Castle\"");
        assertThat(neighbour().run("list", "--json").out()).doesNotContain("\"name\":");
    }

    @ParameterizedTest
    @CsvSource({"upnp", "nat-pmp", "pcp"})
    void for_a_time_the_lease_is_no_longer_than_that(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome opened = ajar.run("open", "25565", "--for", "90s", "--method", method);

        assertThat(opened.out()).as(opened.err()).contains(", lease 1m30s");
        assertThat(opened.err()).contains("It closes at ", "as you asked with --for");
        assertThat(ajar.run("open", "25565", "--for", "2h", "--method", method).out())
                .contains(", lease 2h");
        assertThat(ajar.run("open", "25565", "--for", "2h", "--lease", "1h", "--method", method)
                        .out())
                .contains(", lease 1h");
        assertThat(ajar.run("open", "25565", "--for", "2h", "--lease", "permanent", "--method", method)
                        .out())
                .contains(", lease 2h");
    }

    @Test
    void opening_again_extends_the_lease_only() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565");

        Outcome again = ajar.run("open", "25565");

        assertThat(again.exitCode()).isZero();
        assertThat(router().table()).hasSize(1);
        assertThat(ajar.run("close", "25565").exitCode()).isZero();
        assertThat(ajar.run("close", "25565").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'25565,25566'", "'tcp/25565, 25566'", "'TCP:25565,25566/tcp'"})
    void ports_are_understood_as_other_programs_write_them(String ports) throws IOException {
        Outcome opened = behind(RouterScript.standard()).run("open", ports);

        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(router().table()).hasSize(2).allMatch(entry -> entry.startsWith("tcp 2556"));
    }

    @Test
    void the_internal_port_may_differ_from_the_external_one() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP));

        ajar.run("open", "8443:443", "--name", "My site", "--lease", "2h");

        assertThat(router().table()).containsExactly("tcp 8443 -> 127.0.0.1:443 \"My site\" 7200");
    }

    @Test
    void unneeded_consent_to_ask_the_upstream_router_is_answered() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        assertThat(ajar.run("open", "25565", "--upstream").err()).contains("no other router is in front");
        assertThat(ajar.run("open", "25566").err()).doesNotContain("--upstream");
    }

    @Test
    void a_range() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        assertThat(ajar.run("open", "27015-27020/udp").exitCode()).isZero();
        assertThat(router().table()).hasSize(6);
    }

    /** With NAT-PMP and PCP the grant of another port is given back; with UPnP nothing is even asked for. */
    @ParameterizedTest
    @EnumSource(Speaks.class)
    void a_port_of_another_host_stays_its_own(Speaks protocol) throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP, protocol));
        neighbour().run("open", "25565", "--to", "127.0.0.2", "--method", "upnp");
        String theirs = router().table().getFirst();

        Outcome outcome = ajar.run(
                "open",
                "25565",
                "--method",
                protocol.name().toLowerCase(Locale.ROOT).replace('_', '-'));

        assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isEqualTo(5);
        assertThat(router().table()).containsExactly(theirs);
        if (protocol == Speaks.UPNP) {
            assertThat(outcome.err()).contains("127.0.0.2:25565");
        } else {
            assertThat(outcome.err()).contains("offered 25566").contains("ajar open 25566:25565");
        }
    }

    @Test
    void any_free_port_is_taken_if_the_user_allows_it() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        neighbour().run("open", "25565", "--to", "127.0.0.2");

        Outcome outcome = ajar.run("open", "25565", "--external-port", "any");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("203.0.113.7:25566");
    }

    @Test
    void some_ports_but_not_all_is_a_partial_success() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP));
        neighbour().run("open", "25566", "--to", "127.0.0.2");

        Outcome outcome = ajar.run("open", "25565-25567");

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.out().lines()).hasSize(2);
        assertThat(outcome.err()).contains("failed  tcp 25566");
    }

    @Test
    void secure_mode_is_explained() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().secure());

        Outcome outcome = ajar.run("open", "8554:554", "--to", "127.0.0.2");

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err()).contains("only lets a device open ports for itself");
        assertThat(ajar.run("status").out()).contains("nothing");
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, second router", "100.64.3.4, carrier-grade"})
    void an_address_that_is_not_public_is_reported(String external, String word) throws IOException {
        CliHarness ajar = behind(RouterScript.standard().external(external));

        Outcome outcome = ajar.run("open", "25565");

        assertThat(outcome.exitCode()).isEqualTo(6);
        assertThat(outcome.out()).startsWith("open  tcp " + external);
        assertThat(outcome.err()).contains("not reachable from the internet").contains(word);
        assertThat(ajar.run("status").exitCode()).isZero();
    }

    @Test
    void a_mapping_that_ajar_did_not_make_is_not_closed() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        neighbour().run("open", "25565", "--name", "Camera", "--method", "upnp");

        Outcome refused = ajar.run("close", "25565");
        assertThat(refused.exitCode()).isEqualTo(9);
        assertThat(refused.err()).contains("127.0.0.1:25565").contains("Camera").contains("--force");
        assertThat(router().table()).hasSize(1);

        Outcome forced = ajar.run("close", "25565", "--force", "--method", "upnp");
        assertThat(forced.exitCode()).as(forced.err()).isZero();
        assertThat(router().table()).isEmpty();
    }

    @Test
    void a_port_that_another_device_has_taken_meanwhile_is_left_alone() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(Speaks.UPNP));
        ajar.run("open", "25565");
        router().forgetEverything();
        neighbour().run("open", "25565", "--to", "127.0.0.2");

        Outcome outcome = ajar.run("close", "25565");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("127.0.0.2:25565").contains("leaves alone");
        assertThat(router().table()).hasSize(1);
    }

    @Test
    void without_a_router_the_output_says_what_to_do_and_if_asked_what_was_tried() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking());

        Outcome outcome = ajar.run("open", "25565", "--timeout", "2s", "-v");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("no router answered")
                .contains("PCP 127.0.0.1")
                .contains("NAT-PMP 127.0.0.1")
                .contains("search from 127.0.0.1")
                .contains("What to do:");
        assertThat(ajar.run("open", "25565", "--timeout", "2s").err()).doesNotContain("PCP 127.0.0.1");
    }

    /** A state file that cannot be written: a mapping that is not recorded must not be made. */
    private static final class ReadOnlyStore implements StateStore {
        @Override
        public Result<Snapshot> load() {
            return Result.ok(Snapshot.EMPTY);
        }

        @Override
        public Result<Written> save(Snapshot snapshot) {
            return Result.err(new Failure.BadState(Message.verbatim("read-only")));
        }

        @Override
        public Result<Lock> lock() {
            return Result.ok(() -> {});
        }
    }

    @Test
    void a_port_that_cannot_be_recorded_is_not_opened() throws IOException {
        behind(RouterScript.standard());

        Outcome outcome = new CliHarness(router(), new ReadOnlyStore()).run("open", "25565");

        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(router().table()).isEmpty();
    }

    @Test
    void a_state_file_of_a_newer_version_stops_open_close_list_and_status(@TempDir Path folder) throws IOException {
        behind(RouterScript.standard());
        String newer = "{\"crc32\":\"00000000\",\"schema\":99}";
        Files.writeString(folder.resolve("state.json"), newer);
        CliHarness ajar = new CliHarness(router(), new FileStateStore(folder, Samples.PROTOCOLS, warning -> {}));

        for (String command : new String[] {"open 25565", "close 25565", "list", "status"}) {
            Outcome outcome = ajar.run(command.split(" "));
            assertThat(outcome.exitCode()).as(command).isEqualTo(78);
            assertThat(outcome.err()).contains(folder.toString());
        }
        assertThat(Files.readString(folder.resolve("state.json"))).isEqualTo(newer);
        assertThat(router().table()).isEmpty();
    }

    @Test
    void another_ajar_at_work_is_waited_for_by_the_user(@TempDir Path folder) throws IOException {
        behind(RouterScript.standard());
        FileStateStore shared = new FileStateStore(folder, Samples.PROTOCOLS, warning -> {});
        try (StateStore.Lock held = shared.lock().toOptional().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(new CliHarness(router(), shared).run("open", "25565").exitCode())
                    .isEqualTo(75);
        }
    }

    @Test
    void quiet_says_nothing_when_all_is_well_and_verbose_says_what_was_asked() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome quiet = ajar.run("open", "25565", "-q");
        assertThat(quiet.out() + quiet.err()).isEmpty();

        Outcome verbose = ajar.run("open", "25565", "-v");
        assertThat(verbose.out().lines()).hasSize(1);
        assertThat(verbose.err()).contains("Asked:").contains("PCP 127.0.0.1");
    }

    @Test
    void every_command_has_help_with_examples() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        assertThat(ajar.run("--help").out()).contains("ajar open 25565").contains("discover");
        assertThat(ajar.run().out()).isEqualTo(ajar.run("--help").out());
        for (String command : ("open close list status run relay renew daemon watch config discover check doctor guide"
                        + " presets routers demo")
                .split(" ")) {
            Outcome help = ajar.run(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out())
                    .contains("Examples:")
                    .contains("ajar " + command)
                    .doesNotContainPattern("\\bhelp\\.[a-z]");
        }
    }

    /** The first choice, free again, must not be opened beside the port that was granted in its place. */
    @ParameterizedTest
    @EnumSource(Speaks.class)
    void any_port_stays_the_one_it_was(Speaks protocol) throws IOException {
        CliHarness ajar = behind(RouterScript.standard().speaking(protocol, Speaks.UPNP));
        String method = protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
        CliHarness neighbour = neighbour();
        neighbour.run("open", "25565", "--to", "127.0.0.2");
        ajar.run("open", "25565", "--external-port", "any", "--method", method);
        neighbour.run("close", "25565");

        Outcome again = ajar.run("open", "25565", "--external-port", "any", "--method", method);

        assertThat(again.out()).as(again.err()).contains(":25566 ");
        assertThat(router().table()).hasSize(1);
        assertThat(ajar.run("close", "25566").exitCode()).isZero();
        assertThat(router().table()).isEmpty();
    }
}
