package dev.ajar.model;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayIdTest {
    private static GatewayId by(MappingProtocol method, String card) {
        return new GatewayId(method, GATEWAY, card);
    }

    @Test
    void another_card_at_the_same_address_is_another_router() {
        GatewayId home = by(MappingProtocol.PCP, "02:00:00:00:00:01");

        assertThat(home.isSameBox(by(MappingProtocol.UPNP, "02:00:00:00:00:01")))
                .isTrue();
        assertThat(home.isSameBox(by(MappingProtocol.PCP, "02:00:00:00:00:02"))).isFalse();
        assertThat(home.isSameBox(new GatewayId(MappingProtocol.PCP, NEIGHBOUR, "02:00:00:00:00:01")))
                .isFalse();
    }

    @Test
    void an_unknown_card_counts_as_the_same_router() {
        assertThat(by(MappingProtocol.PCP, "02:00:00:00:00:01").isSameBox(by(MappingProtocol.PCP, "")))
                .isTrue();
        assertThat(by(MappingProtocol.PCP, "").isSameBox(by(MappingProtocol.PCP, "02:00:00:00:00:01")))
                .isTrue();
    }
}
