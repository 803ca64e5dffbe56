package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.RouterScript;
import dev.ajar.state.DesiredMapping;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ajar extend}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtendCommandTest extends CommandTestBase {
    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void a_port_stays_open_for_the_time_counted_from_now(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565", "--for", "90s", "--name", "Minecraft", "--method", method);

        Instant before = Instant.now();
        Outcome extended = ajar.run("extend", "25565", "--for", "2h", "--method", method);

        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(extended.out()).contains("tcp 203.0.113.7:25565", ", lease 2h");
        assertThat(extended.err()).contains("It closes at ", "Friends join: 203.0.113.7:25565");
        assertThat(router().table()).hasSize(1);
        assertThat(desiredMappings())
                .hasSize(1)
                .allMatch(desired -> desired.mapping().description().equals("Minecraft"))
                .allMatch(desired -> desired.until()
                        .filter(end -> Duration.between(before, end).toMinutes() >= 119)
                        .isPresent());
    }

    @Test
    void who_may_connect_and_what_it_leads_to_stay_as_they_are() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "8443:443", "--for", "1h");

        assertThat(ajar.run("extend", "8443", "--for", "1d").exitCode()).isZero();

        assertThat(router().table()).hasSize(1).allMatch(entry -> entry.contains("8443") && entry.contains(":443"));
        assertThat(desiredMappings())
                .hasSize(1)
                .map(DesiredMapping::mapping)
                .allMatch(mapping -> mapping.target().port().toString().equals("443"));
    }

    /** One mapping, although the router gave another port than the one asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"upnp", "nat-pmp", "pcp"})
    void another_port_than_the_one_asked_for_stays_one_mapping(String method) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        neighbour().run("open", "25565:9999", "--method", "upnp");
        ajar.run("open", "25565", "--external-port", "any", "--for", "90s", "--method", method);
        List<String> before = router().table();

        Outcome extended = ajar.run("extend", "25565", "--for", "2h", "--method", method);

        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(router().table()).hasSameSizeAs(before);
        assertThat(desiredMappings())
                .singleElement()
                .satisfies(one -> assertThat(one.externalPort()).hasToString("25565"))
                .satisfies(one -> assertThat(one.until().orElseThrow())
                        .isAfter(Instant.now().plus(Duration.ofMinutes(119))));
    }

    @Test
    void a_port_for_one_source_stays_for_it_alone() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "8554:554", "--from", "198.51.100.7", "--for", "1h", "--method", "upnp");

        Outcome extended = ajar.run("extend", "8554", "--for", "1d", "--method", "upnp");

        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(desiredMappings())
                .singleElement()
                .extracting(DesiredMapping::mapping)
                .satisfies(mapping ->
                        assertThat(mapping.remote().orElseThrow().text()).startsWith("198.51.100.7"))
                .satisfies(mapping -> assertThat(mapping.target().port()).hasToString("554"));
    }

    /** 8080 is an external port, and what another one leads to. */
    @Test
    void another_port_that_leads_to_the_same_program_keeps_its_end() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "8080:80", "--for", "1h");
        ajar.run("open", "9000:8080", "--for", "1h");

        ajar.run("extend", "8080", "--for", "1d");

        assertThat(desiredMappings())
                .filteredOn(one -> one.externalPort().number() == 9000)
                .singleElement()
                .satisfies(one -> assertThat(one.until().orElseThrow())
                        .isBefore(Instant.now().plus(Duration.ofHours(2))));
    }

    @Test
    void a_port_is_known_by_its_external_number() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "8443:443", "--for", "1h");
        ajar.run("open", "443:8080", "--for", "1h");

        assertThat(ajar.run("extend", "443", "--for", "1d").exitCode()).isZero();

        assertThat(desiredMappings())
                .filteredOn(desired -> desired.until()
                        .filter(end -> end.isAfter(Instant.now().plus(Duration.ofHours(2))))
                        .isPresent())
                .map(desired -> desired.mapping().typed())
                .containsExactly("443:8080");
    }

    @Test
    void a_port_that_the_router_moved_stays_one_wish_under_both_numbers() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        neighbour().run("open", "25565:9999");
        Outcome opened = ajar.run("open", "25565", "--external-port", "any", "--for", "1h");
        String moved = opened.out().replaceAll("(?s).*203\\.0\\.113\\.7:([0-9]+).*", "$1");

        for (String port : List.of("25565", moved)) {
            assertThat(ajar.run("extend", port, "--for", "1d").exitCode())
                    .as(port)
                    .isZero();
            assertThat(desiredMappings()).hasSize(1);
        }
        assertThat(moved).isNotEqualTo("25565");
        assertThat(router().table()).hasSize(2);
    }

    @Test
    void nothing_closes_sooner_than_before() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().igd(1));
        ajar.run("open", "25566", "--lease", "7d", "--method", "nat-pmp");
        ajar.run("open", "8080", "--for", "2h");
        List<DesiredMapping> before = desiredMappings();

        Outcome longer = ajar.run("extend", "8080", "--for", "30m");
        Outcome leased = ajar.run("extend", "25566", "--for", "2h");

        assertThat(longer.exitCode()).isEqualTo(2);
        assertThat(longer.err()).contains("8080 stays open for 1h59m anyway", "ajar open 8080 --for 30m");
        assertThat(leased.exitCode()).isEqualTo(2);
        assertThat(leased.err()).contains("25566 stays open for ");
        assertThat(desiredMappings()).isEqualTo(before);
    }

    /** "For a day" on the page: most ports are opened without an end. */
    @Test
    void a_port_without_an_end_gets_one() throws IOException {
        CliHarness ajar = behind(RouterScript.standard().igd(1));
        ajar.run("open", "25565", "--lease", "permanent", "--name", "Minecraft", "--method", "upnp");
        Instant before = Instant.now();

        Outcome extended = ajar.run("extend", "25565", "--for", "2h");

        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(extended.err()).contains("It closes at ");
        assertThat(router().table()).hasSize(1);
        assertThat(desiredMappings())
                .singleElement()
                .satisfies(one -> assertThat(one.mapping().description()).isEqualTo("Minecraft"))
                .satisfies(one -> assertThat(one.until().orElseThrow())
                        .isBetween(before.plus(Duration.ofMinutes(119)), before.plus(Duration.ofMinutes(122))));
    }

    @Test
    void the_gateway_and_the_protocol_it_was_opened_in_stay_as_they_are() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565", "--method", "nat-pmp", "--gateway", "127.0.0.1", "--for", "1h");
        DesiredMapping before = desiredMappings().getFirst();

        assertThat(ajar.run("extend", "25565", "--for", "1d").exitCode()).isZero();

        assertThat(desiredMappings()).hasSize(1).map(DesiredMapping::selection).containsExactly(before.selection());
    }

    @Test
    void its_document_says_what_it_is() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        ajar.run("open", "25565", "--for", "1h");

        assertThat(ajar.run("extend", "25565", "--for", "1d", "--json").out())
                .contains("\"command\":\"extend\",\"exit_code\":0");
        assertThat(ajar.run("extend", "8080", "--for", "1d", "--json").out())
                .contains("\"command\":\"extend\",\"exit_code\":2", "\"code\":\"usage\"");
    }

    @Test
    void what_is_not_open_is_not_opened() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome outcome = ajar.run("extend", "19132/udp", "--for", "2h");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("to open it: ajar open 19132/udp --for 2h");
        assertThat(router().table()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "extend 25565, something is missing: --for TIME",
        "extend 25565 --for soon, --for",
        "extend, something is missing: PORT",
    })
    void what_is_missing_is_said(String command, String says) throws IOException {
        Outcome outcome = behind(RouterScript.standard()).run(command.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(says);
    }
}
