package dev.ajar.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.command.JsonTest;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.NewerMapping;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.report.TimeOver;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a daemon reports is the report that its client shows: each value that a sentence or a mark depends on. */
class ReportsJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final GatewayId ROUTER = new GatewayId(PxpProtocols.PCP, Samples.ip("192.168.1.1"));
    private static final GatewayInfo INFO = new GatewayInfo(
            ROUTER,
            new LocalRoute("eth0", Samples.ip("192.168.1.20"), 32, Optional.of(ROUTER.address())),
            "PCP",
            new RouterText("Example"),
            new RouterText("RX-5"),
            Optional.empty(),
            Set.of());
    private static final ProbeAttempt ATTEMPT = new ProbeAttempt(
                    "eth0",
                    ProbeAttempt.Stage.PROBE,
                    PxpProtocols.PCP,
                    Message.verbatim("192.168.1.1:5351"),
                    ProbeAttempt.ProbeOutcome.OTHER_ROUTER,
                    Message.of("daemon.ending"))
            .by(Samples.ip("192.168.1.2"));

    private static JsonObject json(String document) {
        return JsonReader.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static ReportedMapping row(ReportedMapping.Status status) {
        return new ReportedMapping(
                TransportProtocol.TCP,
                IpVersion.IPV4,
                new Port(443),
                new Port(443),
                new Endpoint(Samples.ip("192.168.1.20"), new Port(8443)),
                true,
                Optional.empty(),
                Optional.of(ROUTER),
                Optional.of(Samples.ip("203.0.113.7")),
                Optional.of(LeaseDuration.ofSeconds(3600)),
                Optional.empty(),
                status == ReportedMapping.Status.OPEN,
                "ajar 443 tcp",
                status,
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(InternetSide.Kind.class)
    void status_tells_what_is_between_the_router_and_the_internet(InternetSide.Kind kind) {
        StatusReport report = new StatusReport(
                Optional.of(INFO),
                Optional.empty(),
                new InternetSide(kind, Optional.of(Samples.ip("10.0.0.2")), true),
                Stream.of(ReportedMapping.Status.OPEN, ReportedMapping.Status.GONE, ReportedMapping.Status.UNKNOWN)
                        .map(ReportsJsonTest::row)
                        .toList(),
                List.of(row(ReportedMapping.Status.NOTED)),
                List.of(new NewerMapping("new_protocol", "tcp 99")),
                List.of(new TimeOver("tcp 25565", NOW)),
                Optional.empty(),
                List.of(ATTEMPT));
        String document = StatusJson.write(report, ExitCode.DONE, Optional.empty(), Freshness.of(NOW), List.of());
        assertThat(StatusJson.read(json(document), Samples.PROTOCOLS)).isEqualTo(report);
        assertThat(JsonTest.faults(document)).as(document).isEmpty();
    }

    @Test
    void a_daemon_that_does_not_tell_the_side_is_judged_by_its_address() {
        StatusReport report = new StatusReport(
                Optional.of(INFO),
                Optional.of(Samples.ip("100.64.0.9")),
                InternetSide.of(Optional.of(Samples.ip("100.64.0.9"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
        String older = StatusJson.write(report, ExitCode.DONE, Optional.empty(), Freshness.of(NOW), List.of())
                .replace("\"internet_side\"", "\"unknown_member\"");
        assertThat(StatusJson.read(json(older), Samples.PROTOCOLS)).isEqualTo(report);
    }

    @Test
    void list_tells_what_cannot_be_read() {
        ObservedMapping anothers = new ObservedMapping(
                TransportProtocol.UDP,
                new Port(5000),
                new RouterText("192.168.1.30"),
                new Port(5000),
                RouterText.EMPTY,
                new RouterText("ajar 5000 udp k3mp"),
                true,
                Optional.of(LeaseDuration.PERMANENT));
        PartialEntry halfRead = new PartialEntry(
                Optional.of(TransportProtocol.TCP),
                Optional.of(new Port(443)),
                RouterText.EMPTY,
                Optional.empty(),
                new RouterText("198.51.100.7"),
                new RouterText("game"));
        PartialEntry nothingRead = new PartialEntry(
                Optional.empty(),
                Optional.empty(),
                new RouterText("router"),
                Optional.of(new Port(9)),
                RouterText.EMPTY,
                RouterText.EMPTY);
        ListReport report = new ListReport(
                Optional.of(INFO),
                List.of(new ListReport.ListedMapping(anothers, false, true, Optional.of("Castle"))),
                List.of(halfRead, nothingRead),
                List.of(row(ReportedMapping.Status.OPEN)),
                List.of(),
                List.of(new TimeOver("tcp 25565", NOW)),
                Optional.of(new Failure.TimedOut(Message.of("mapping.cannot-be-told"))),
                Optional.empty(),
                List.of(ATTEMPT));
        String document = ListJson.write(report, ExitCode.DONE, Freshness.of(NOW), List.of());
        ListReport read = ListJson.read(json(document), Samples.PROTOCOLS);
        assertThat(JsonTest.faults(document)).as(document).isEmpty();
        assertThat(read).isEqualTo(report);
        assertThat(read.entries().getFirst().isOfAnotherAjar()).isTrue();
    }

    @Test
    void open_tells_a_refusal_beside_the_grant() {
        RouterError refusal = new RouterError(PxpProtocols.PCP, 2, new RouterText("NOT_AUTHORIZED"));
        OpenedPort granted = new OpenedPort(
                Samples.tcp(443),
                INFO,
                row(ReportedMapping.Status.OPEN),
                new OpenedPort.Outcome.Granted(NOW, Optional.of(refusal)));
        OpenedPort plain = new OpenedPort(
                Samples.tcp(443),
                INFO,
                row(ReportedMapping.Status.OPEN),
                new OpenedPort.Outcome.Granted(NOW, Optional.empty()));
        OpenResult result = new OpenResult(
                Optional.of(INFO),
                Optional.of(Samples.ip("203.0.113.7")),
                Reachability.PUBLIC,
                List.of(granted, plain),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Failure.LineDown(Message.of("daemon.ending"), true, Optional.empty())),
                List.of(ATTEMPT),
                List.of());
        String document = OpenJson.of("open", result, ExitCode.DONE, Optional.empty(), OpenJson.Aside.NONE);
        assertThat(OpenJson.read(json(document), Samples.PROTOCOLS)).isEqualTo(result);
    }
}
