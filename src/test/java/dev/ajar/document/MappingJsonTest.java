package dev.ajar.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.json.JsonWriter;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The members of a mapping in JSON, their order included: programs read them. */
class MappingJsonTest {
    private static final Endpoint INTERNAL = new Endpoint(Samples.ip("192.168.1.20"), new Port(443));
    private static final Optional<GatewayId> GATEWAY =
            Optional.of(new GatewayId(PxpProtocols.NAT_PMP, Samples.ip("192.168.1.1")));

    @Test
    void what_was_granted() {
        assertThat(json(new ReportedMapping(
                        TransportProtocol.TCP,
                        IpVersion.IPV4,
                        new Port(8444),
                        new Port(8444),
                        INTERNAL,
                        true,
                        Subnet.parse("198.51.100.0/24"),
                        GATEWAY,
                        Optional.of(Samples.ip("203.0.113.7")),
                        Optional.of(LeaseDuration.ofSeconds(600)),
                        Optional.of(Instant.parse("2026-01-02T03:14:05Z")),
                        true,
                        "ajar",
                        ReportedMapping.Status.OPEN,
                        Optional.empty())))
                .isEqualTo(
                        "{'protocol':'tcp','family':'ipv4','external_port':8444,'internal_address':'192.168.1.20',"
                                + "'internal_port':443,'from':'198.51.100.0/24','method':'nat_pmp','gateway':'192.168.1.1',"
                                + "'external_address':'203.0.113.7','lease_seconds':600,'permanent':false,"
                                + "'expires_at':'2026-01-02T03:14:05Z','verified':true,'status':'open','error':null,'this_host':true,'description':'ajar'}");
    }

    @Test
    void what_was_asked_for_without_an_answer() {
        assertThat(json(new ReportedMapping(
                        TransportProtocol.TCP,
                        IpVersion.IPV4,
                        new Port(8443),
                        new Port(8443),
                        INTERNAL,
                        true,
                        Optional.empty(),
                        GATEWAY,
                        Optional.empty(),
                        Optional.of(LeaseDuration.ofSeconds(3600)),
                        Optional.empty(),
                        false,
                        "ajar",
                        ReportedMapping.Status.UNKNOWN,
                        Optional.empty())))
                .isEqualTo(
                        "{'protocol':'tcp','family':'ipv4','from':null,'external_port':8443,"
                                + "'internal_address':'192.168.1.20','internal_port':443,'method':'nat_pmp',"
                                + "'gateway':'192.168.1.1','external_address':null,'lease_seconds':3600,'permanent':false,"
                                + "'expires_at':null,'verified':false,'status':'unknown','error':null,'this_host':true,'description':'ajar'}");
    }

    @Test
    void a_rule_made_by_hand() {
        assertThat(json(new ReportedMapping(
                        TransportProtocol.UDP,
                        IpVersion.IPV4,
                        new Port(9987),
                        new Port(9987),
                        INTERNAL,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(LeaseDuration.PERMANENT),
                        Optional.empty(),
                        false,
                        "",
                        ReportedMapping.Status.NOTED,
                        Optional.empty())))
                .isEqualTo("{'protocol':'udp','family':'ipv4','external_port':9987,'internal_address':'192.168.1.20',"
                        + "'internal_port':443,'from':null,'method':'manual','gateway':null,'external_address':null,"
                        + "'lease_seconds':null,'permanent':true,'expires_at':null,'verified':false,"
                        + "'status':'noted','error':null,'this_host':true,'description':''}");
    }

    @Test
    void a_refused_mapping_says_why() {
        assertThat(json(new ReportedMapping(
                        TransportProtocol.TCP,
                        IpVersion.IPV4,
                        new Port(8443),
                        new Port(8443),
                        INTERNAL,
                        true,
                        Optional.empty(),
                        GATEWAY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "ajar",
                        ReportedMapping.Status.FAILED,
                        Optional.of(new Failure.Busy(Message.verbatim("in use"))))))
                .contains("'lease_seconds':null,'permanent':", "'status':'failed','error':{", "in use");
    }

    private static String json(ReportedMapping mapping) {
        return JsonWriter.write(MappingJson.of(mapping)).replace('"', '\'');
    }
}
