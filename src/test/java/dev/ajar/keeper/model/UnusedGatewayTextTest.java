package dev.ajar.keeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.GatewayId;
import dev.ajar.testing.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A gateway that is not even asked is not one that does not answer. */
class UnusedGatewayTextTest {
    private static final GatewayId ROUTER = new GatewayId(AdminProtocol.ROUTER, Samples.GATEWAY);

    @Test
    void a_gateway_that_is_not_asked_is_told_with_the_reason() {
        Message why = Message.verbatim("another device is there");
        assertThat(EventText.of(new KeeperEvent.GatewaySilent(ROUTER, Optional.of(why)))
                        .toString())
                .contains("another device is there")
                .doesNotContain("does not answer");
        assertThat(EventText.of(new KeeperEvent.GatewaySilent(ROUTER, Optional.empty()))
                        .toString())
                .contains("does not answer");
    }
}
