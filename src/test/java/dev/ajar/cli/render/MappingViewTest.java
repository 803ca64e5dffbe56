package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The members of a mapping in JSON, their order included: programs read them. */
class MappingViewTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Endpoint INTERNAL = new Endpoint(address("192.168.1.20"), new Port(443));
    private static final Claim CLAIM = new Claim(
            new Mapping(
                    TransportProtocol.TCP,
                    new Port(8443),
                    PortPolicy.EXACT,
                    new Target.ThisHost(new Port(443)),
                    LeaseDuration.ofSeconds(3600),
                    "ajar"),
            new GatewayId(PxpProtocols.NAT_PMP, address("192.168.1.1")),
            INTERNAL,
            Samples.natPmpHandle(),
            NOW);

    @Test
    void what_was_granted() {
        Lease lease = new Lease(
                CLAIM,
                new Port(8444),
                LeaseDuration.ofSeconds(600),
                NOW,
                Optional.of(address("203.0.113.7")),
                Optional.empty(),
                true);

        assertThat(json(MappingView.of(MappingRecord.held(lease))))
                .isEqualTo("{'protocol':'tcp','family':'ipv4','external_port':8444,'internal_address':'192.168.1.20',"
                        + "'internal_port':443,'from':null,'method':'nat_pmp','gateway':'192.168.1.1',"
                        + "'external_address':'203.0.113.7','lease_seconds':600,'permanent':false,"
                        + "'expires_at':'2026-01-02T03:14:05Z','verified':true,'status':'open','error':null}");
    }

    @Test
    void what_was_asked_for_without_an_answer() {
        assertThat(json(MappingView.of(MappingRecord.claimed(CLAIM))))
                .isEqualTo("{'protocol':'tcp','family':'ipv4','from':null,'external_port':8443,"
                        + "'internal_address':'192.168.1.20','internal_port':443,'method':'nat_pmp',"
                        + "'gateway':'192.168.1.1','external_address':null,'lease_seconds':3600,'permanent':false,"
                        + "'expires_at':null,'verified':false,'status':'unknown','error':null}");
    }

    @Test
    void a_rule_made_by_hand() {
        assertThat(json(MappingView.of(new ManualRule(TransportProtocol.UDP, new Port(9987), INTERNAL, true, NOW))))
                .isEqualTo("{'protocol':'udp','family':'ipv4','external_port':9987,'internal_address':'192.168.1.20',"
                        + "'internal_port':443,'from':null,'method':'manual','gateway':null,'external_address':null,"
                        + "'lease_seconds':null,'permanent':true,'expires_at':null,'verified':false,"
                        + "'status':'noted','error':null}");
    }

    private static String json(MappingView view) {
        return JsonWriter.write(view.toJson()).replace('"', '\'');
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }
}
