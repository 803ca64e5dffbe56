package dev.ajar.model;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import org.junit.jupiter.api.Test;

class GatewayIdTest {
    private static GatewayId by(MappingProtocol method, String card) {
        return new GatewayId(method, GATEWAY, card);
    }

    @Test
    void another_card_at_the_same_address_is_another_router() {
        GatewayId home = by(PxpProtocols.PCP, "02:00:00:00:00:01");

        assertThat(home.isSameBox(by(UpnpProtocol.UPNP, "02:00:00:00:00:01"))).isTrue();
        assertThat(home.isSameBox(by(PxpProtocols.PCP, "02:00:00:00:00:02"))).isFalse();
        assertThat(home.isSameBox(new GatewayId(PxpProtocols.PCP, NEIGHBOUR, "02:00:00:00:00:01")))
                .isFalse();
    }

    @Test
    void an_unknown_card_counts_as_the_same_router() {
        assertThat(by(PxpProtocols.PCP, "02:00:00:00:00:01").isSameBox(by(PxpProtocols.PCP, "")))
                .isTrue();
        assertThat(by(PxpProtocols.PCP, "").isSameBox(by(PxpProtocols.PCP, "02:00:00:00:00:01")))
                .isTrue();
    }
}
