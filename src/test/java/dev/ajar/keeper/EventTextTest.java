package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Log lines that programs and people search for. {@code ajar watch} shows the words before the double space. */
class EventTextTest {
    private static final DesiredMapping DESIRED = new DesiredMapping(
            Samples.tcp(25565),
            GatewaySelector.AUTO,
            new Owner.Configuration("ajar.toml"),
            Instant.EPOCH,
            Optional.empty());

    @Test
    void a_line_names_the_port_and_the_reason() {
        assertThat(EventText.of(
                        new KeeperEvent.Failed(DESIRED, new Failure.NoGateway(Message.verbatim("no router answered")))))
                .hasToString("not open  tcp 25565: no router answered; ajar keeps trying");
        assertThat(EventText.of(new KeeperEvent.Lost(DESIRED, Message.of("keeper.router-restarted"))))
                .hasToString("lost  tcp 25565: the router has restarted");
    }

    @Test
    void a_contested_port_names_the_other_device_where_it_is_known() {
        assertThat(EventText.of(new KeeperEvent.Contested(DESIRED, Optional.empty())))
                .asString()
                .startsWith("left to another  tcp 25565 is taken again and again; ");
        assertThat(EventText.of(new KeeperEvent.Contested(
                        DESIRED,
                        Optional.of(new dev.ajar.model.Endpoint(Samples.NEIGHBOUR, new dev.ajar.model.Port(25565))))))
                .asString()
                .startsWith("left to another  tcp 25565 is taken again and again by 192.168.77.11:25565; ");
    }
}
