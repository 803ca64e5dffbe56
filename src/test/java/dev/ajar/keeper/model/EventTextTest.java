package dev.ajar.keeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Log lines that programs and people search for, and the few words of {@code ajar watch}. */
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

    /** {@code ajar watch} has a few words for it, the log the same words and the details. */
    @ParameterizedTest
    @MethodSource
    void what_happened_to_a_mapping_has_a_short_form(KeeperEvent.OfMapping event, String words) {
        assertThat(event.about()).contains(DESIRED);
        assertThat(EventText.shortly(event)).hasToString(words);
        assertThat(EventText.of(event)).asString().startsWith(words + "  ");
    }

    static Stream<Arguments> what_happened_to_a_mapping_has_a_short_form() {
        Claim claim = new Claim(
                DESIRED.mapping(),
                new GatewayId(PxpProtocols.NAT_PMP, Samples.GATEWAY),
                new Endpoint(Samples.HERE, new Port(25565)),
                Samples.natPmpHandle(),
                Instant.EPOCH);
        Lease lease = new Lease(
                claim,
                new Port(25565),
                LeaseDuration.ofSeconds(3600),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                true);
        return Stream.of(
                Arguments.of(new KeeperEvent.Opened(DESIRED, lease, Optional.empty()), "open"),
                Arguments.of(new KeeperEvent.Repaired(DESIRED, lease, Optional.empty()), "open again"),
                Arguments.of(new KeeperEvent.Lost(DESIRED, Message.verbatim("x")), "lost"),
                Arguments.of(new KeeperEvent.Failed(DESIRED, new Failure.NoGateway(Message.verbatim("x"))), "not open"),
                Arguments.of(
                        new KeeperEvent.Failed(
                                DESIRED, new Failure.NoGateway(Message.verbatim("x")), Optional.of(lease)),
                        "not renewed"),
                Arguments.of(new KeeperEvent.Contested(DESIRED, Optional.empty()), "left to another"));
    }

    @Test
    void an_event_of_this_machine_is_about_no_mapping() {
        assertThat(new KeeperEvent.NetworkChanged().about()).isEmpty();
    }

    @Test
    void a_contested_port_names_the_other_device_where_it_is_known() {
        assertThat(EventText.of(new KeeperEvent.Contested(DESIRED, Optional.empty())))
                .asString()
                .startsWith("left to another  tcp 25565 is taken again and again; ");
        assertThat(EventText.of(new KeeperEvent.Contested(
                        DESIRED, Optional.of(new Endpoint(Samples.NEIGHBOUR, new Port(25565))))))
                .asString()
                .startsWith("left to another  tcp 25565 is taken again and again by 192.168.77.11:25565; ");
    }
}
