package dev.ajar.document;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IPv4 decides, IPv6 adds to it, and the outermost router decides whether the internet can connect. */
class OpenSummaryTest {
    private static final InetAddress HERE_TOO = Addresses.ipv6("2001:db8::10").orElseThrow();
    private static final InetAddress FIREWALL = Addresses.ipv6("fe80::1").orElseThrow();
    private static final Failure REFUSED = new Failure.Refused(Message.verbatim("no"), Optional.empty());

    private static GatewayInfo gateway(boolean ipv6) {
        InetAddress address = ipv6 ? FIREWALL : GATEWAY;
        return new GatewayInfo(
                new GatewayId(PxpProtocols.PCP, address),
                new LocalRoute("eth0", ipv6 ? HERE_TOO : HERE, 24, Optional.of(address)),
                "PCP",
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                Set.of());
    }

    private static Stream<OpenReport.PortOutcome> outcome(boolean ipv6, String what) {
        return switch (what) {
            case "open" ->
                Stream.of(new OpenReport.PortOutcome(
                        tcp(25565),
                        gateway(ipv6),
                        Result.ok(new Grant.OpenAnyway(new Endpoint(HERE, new Port(25565)), Message.verbatim("x")))));
            case "refused" -> Stream.of(new OpenReport.PortOutcome(tcp(25565), gateway(ipv6), Result.err(REFUSED)));
            default -> Stream.empty();
        };
    }

    private static OpenReport report(String external, List<OpenReport> beyond, String... whats) {
        return new OpenReport(
                Optional.of(gateway(false)),
                Optional.of(ip(external)),
                Stream.concat(outcome(false, whats[0]), outcome(true, whats[1])).toList(),
                whats[0].equals("silent")
                        ? Optional.of(new Failure.NoGateway(Message.verbatim("no answer")))
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                beyond);
    }

    @ParameterizedTest
    @CsvSource({
        "open, open, 203.0.113.7, 0",
        "open, refused, 203.0.113.7, 0",
        "open, -, 203.0.113.7, 0",
        "refused, open, 203.0.113.7, 7",
        "refused, refused, 203.0.113.7, 4",
        "silent, open, 203.0.113.7, 7",
        "silent, -, 203.0.113.7, 3",
        "open, open, 100.64.0.2, 7",
        "open, -, 100.64.0.2, 6",
        "open, refused, 192.168.0.2, 6",
        "-, open, 203.0.113.7, 0",
        "-, refused, 203.0.113.7, 4"
    })
    void codes(String overIpv4, String overIpv6, String external, int code) {
        assertThat(OpenSummary.exitCode(OpenResult.of(report(external, List.of(), overIpv4, overIpv6)))
                        .number())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"open, 203.0.113.7, 0", "open, 100.64.0.9, 6", "refused, 203.0.113.7, 6", "-, 203.0.113.7, 6"})
    void the_router_in_front_counts(String there, String external, int code) {
        OpenReport outer = report(external, List.of(), there, "-");

        OpenReport whole = report("192.168.0.2", List.of(outer), "open", "-");

        assertThat(OpenSummary.exitCode(OpenResult.of(whole)).number()).isEqualTo(code);
    }

    /** Over IPv6 no router translates, so the router in front has nothing to open. */
    @ParameterizedTest
    @CsvSource({
        "open, -, 192.168.0.2, true",
        "open, open, 100.64.0.2, true",
        "-, open, 192.168.0.2, false",
        "refused, open, 192.168.0.2, false",
        "open, -, 203.0.113.7, false"
    })
    void another_router_is_in_front_of_what_is_open_over_ipv4(
            String overIpv4, String overIpv6, String external, boolean another) {
        assertThat(report(external, List.of(), overIpv4, overIpv6).isBehindAnother())
                .isEqualTo(another);
    }

    @Test
    void a_port_open_over_one_ip_version_is_not_a_failure() {
        assertThat(OpenSummary.overallFailure(OpenResult.of(report("203.0.113.7", List.of(), "refused", "open"))))
                .isEmpty();
    }
}
