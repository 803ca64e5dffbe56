package dev.ajar.cli.render;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.Facts;
import dev.ajar.doctor.RouterTraffic;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.model.GatewayId;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorTextTest {
    private static RouterSurvey.Seen seen(MappingProtocol protocol, Optional<InetAddress> external, Optional<URI> at) {
        GatewayInfo info = new GatewayInfo(
                new GatewayId(protocol, GATEWAY), ROUTE, "V", RouterText.EMPTY, RouterText.EMPTY, at, Set.of());
        return new RouterSurvey.Seen(info, Result.ok(external), Optional.empty(), Optional.empty());
    }

    @Test
    void the_report_lists_networks_routers_and_the_guide() {
        LocalRoute alone = new LocalRoute("eth1", HERE, 16, Optional.empty());
        RouterSurvey survey = new RouterSurvey(
                List.of(
                        seen(
                                UpnpProtocol.UPNP,
                                Optional.of(ip("11.22.33.44")),
                                Optional.of(URI.create("http://192.168.77.1/d.xml"))),
                        seen(PxpProtocols.PCP, Optional.empty(), Optional.empty())),
                List.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        Facts facts = new Facts(
                List.of(ROUTE, alone),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ROUTE),
                false,
                Optional.empty(),
                true,
                RouterTraffic.OPEN,
                survey,
                new GuideCatalog().generic(),
                List.of(),
                Optional.empty());

        assertThat(DoctorText.report(facts, Diagnosis.of(facts)))
                .startsWith("# ajar doctor\n\n")
                .contains("""

                        Networks:
                          eth0 192.168.77.10/24 gateway 192.168.77.1
                          eth1 192.168.77.10/16 gateway none
                        Routers:
                        """)
                .contains(", internet address 11.22.x.x, http://192.168.77.1/d.xml\n")
                .contains(", internet address not told\nGuide: generic\n\n{\"schema\":1,\"command\":\"doctor\"");
    }
}
