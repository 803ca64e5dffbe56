package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code ajar open} says of the end. */
class ClosingTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T19:38:20Z");

    private static Lease lease(LeaseDuration asked, long granted) {
        var claim = new FakeGateway(PxpProtocols.PCP).claim(Samples.lasting(asked, Samples.tcp(1)), Optional.empty());
        return new Lease(
                claim,
                claim.mapping().externalPort(),
                granted == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(granted),
                NOW,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static OpenReport report(Lease... leases) {
        return new OpenReport(
                Optional.empty(),
                Optional.empty(),
                Stream.of(leases)
                        .map(lease -> new OpenReport.PortOutcome(
                                lease.claim().mapping(),
                                new FakeGateway(PxpProtocols.PCP).info(),
                                Result.ok(new Grant.Granted(lease))))
                        .toList(),
                Optional.empty(),
                List.of());
    }

    private static List<String> remarks(String stay, String keeper, Lease... leases) {
        return new ClosingTime(
                        Optional.of(stay).filter(text -> !text.isEmpty()).map(Duration::parse),
                        Optional.of(keeper).filter(text -> !text.isEmpty()).map(Message::verbatim),
                        LocalClock.in(ZoneId.of("UTC")))
                .remarks(OpenResult.of(report(leases)).ports()).stream()
                        .map(Object::toString)
                        .toList();
    }

    private static Lease hour(long granted) {
        return lease(LeaseDuration.ofSeconds(3600), granted);
    }

    @Test
    void without_a_keeper_the_end_of_the_lease_counts() {
        assertThat(remarks("", "", hour(3600))).singleElement().asString().contains("Nothing renews it", "at 20:38.");
        assertThat(remarks("PT2H", "", hour(3600))).singleElement().asString().contains("Nothing renews it");
        assertThat(remarks("", "the daemon", hour(3600))).isEmpty();
    }

    @Test
    void for_a_time_it_ends_when_it_was_asked_to() {
        Lease brief = lease(LeaseDuration.ofSeconds(10), 10);
        assertThat(remarks("PT10S", "", brief)).containsExactly("It closes at 19:38:30, as you asked with --for.");
        assertThat(remarks("PT2H", "the daemon", hour(3600)))
                .containsExactly("It closes at 21:38, as you asked with --for.");
    }

    @Test
    void a_router_that_grants_no_less_is_named() {
        assertThat(remarks("PT10S", "", lease(LeaseDuration.ofSeconds(10), 120)))
                .singleElement()
                .asString()
                .contains("no shorter lease than 2m", "at 19:40:20");
    }

    @Test
    void a_router_that_grants_less_than_was_asked_is_named() {
        assertThat(remarks("PT36H", "", lease(LeaseDuration.ofSeconds(129_600), 86_400)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("granted 1d only, less than you asked for with --for"),
                        second -> assertThat(second).contains("closes at 2026-11-24 19:38"));
    }

    @Test
    void another_day_has_its_date_and_a_refused_permanence_is_said() {
        assertThat(remarks("", "", lease(LeaseDuration.PERMANENT, 604_800)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("no port for ever: it granted 7d"),
                        second -> assertThat(second).contains("closes at 2026-11-30 19:38"));
        assertThat(remarks("", "", lease(LeaseDuration.PERMANENT, 0))).isEmpty();
        assertThat(remarks("", "the daemon", lease(LeaseDuration.PERMANENT, 86_400)))
                .singleElement()
                .asString()
                .contains("granted 1d");
    }
}
