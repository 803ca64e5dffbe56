package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.TimeOver;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rule that its router keeps although its time is over. */
class TimeOverTest {
    private static final Instant NOW = Instant.parse("2026-11-23T19:38:20Z");
    private static final Instant ENDED = NOW.minus(Duration.ofHours(2));
    private static final TimeOver OVER = new TimeOver("tcp 25565", ENDED);
    private static final FakeGateway ROUTER = new FakeGateway(PxpProtocols.PCP);
    private static final Mapping MAPPING = Samples.tcp(25565);

    private static MappingRecord record(LeaseDuration granted) {
        var claim = ROUTER.claim(MAPPING, Optional.empty());
        return MappingRecord.held(
                new Lease(claim, new Port(25565), granted, ENDED, Optional.empty(), Optional.empty(), true));
    }

    private static DesiredMapping wanted(Owner owner, Optional<Instant> until) {
        return new DesiredMapping(MAPPING, GatewaySelector.AUTO, owner, ENDED, until);
    }

    private static List<TimeOver> over(MappingRecord record, DesiredMapping... wanted) {
        Snapshot snapshot = Snapshot.EMPTY.with(record);
        for (DesiredMapping one : wanted) {
            snapshot = snapshot.with(one);
        }
        return TimeOver.of(snapshot, NOW);
    }

    @Test
    void only_what_the_router_keeps_and_nothing_wants_any_more_is_over() {
        MappingRecord kept = record(LeaseDuration.PERMANENT);
        DesiredMapping ended = wanted(new Owner.User(), Optional.of(ENDED));
        assertThat(over(kept, ended)).containsExactly(OVER);
        assertThat(over(kept, wanted(new Owner.User(), Optional.of(NOW.plusSeconds(60)))))
                .isEmpty();
        assertThat(over(kept, wanted(new Owner.User(), Optional.empty()))).isEmpty();
        assertThat(over(kept, ended, wanted(new Owner.Configuration("ajar.toml"), Optional.empty())))
                .isEmpty();
        assertThat(over(kept)).isEmpty();
        assertThat(over(record(LeaseDuration.ofSeconds(3600)), ended)).isEmpty();
    }

    private static ListReport.ListedMapping listed(int port) {
        ObservedMapping entry = new ObservedMapping(
                TransportProtocol.TCP,
                new Port(port),
                new RouterText("192.168.77.10"),
                new Port(port),
                RouterText.EMPTY,
                new RouterText("ajar:castle"),
                true,
                Optional.of(LeaseDuration.PERMANENT));
        return new ListReport.ListedMapping(entry, true, false, Optional.of("castle"));
    }

    private static String shown(ListReport.ListedMapping... entries) {
        ListReport report = new ListReport(
                Optional.of(ROUTER.info()),
                List.of(entries),
                List.of(),
                List.of(),
                List.of(),
                List.of(OVER),
                Optional.empty(),
                Optional.empty(),
                List.of());
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        ListText.print(new Terminal(writer, writer, false, true), report, LocalClock.in(ZoneOffset.UTC));
        writer.flush();
        return out.toString();
    }

    @Test
    void the_list_says_when_its_time_ended_and_what_to_do() {
        assertThat(shown(listed(25565)))
                .contains("over")
                .doesNotContain("permanent")
                .contains("tcp 25565: its time ended at 2026-11-23 17:38, and nothing has closed it yet.")
                .contains("ajar close --stale");
    }

    @Test
    void the_next_port_whose_time_is_not_over_has_a_row_of_its_own() {
        assertThat(shown(listed(25565), listed(25566)).lines())
                .anyMatch(line -> line.matches("\\* +tcp +25565 .* over .*"))
                .anyMatch(line -> line.matches("\\* +tcp +25566 .* permanent .*"));
    }
}
