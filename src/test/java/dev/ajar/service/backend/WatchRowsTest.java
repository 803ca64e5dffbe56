package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.WatchRow;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchRowsTest {
    private static final DesiredMapping DESIRED = new DesiredMapping(
            Samples.tcp(25565),
            GatewaySelector.AUTO,
            new Owner.Configuration("ajar.toml"),
            Instant.EPOCH,
            Optional.empty());

    private static WatchRow inactive(Optional<Failure> why) {
        return WatchRows.of(
                        List.of(new TrackedMapping(
                                DESIRED,
                                new MappingState.Inactive(Duration.ZERO, 1, false, why),
                                Optional.empty(),
                                List.of())),
                        List.of(),
                        Map.of(DESIRED, Message.of("event.short-lost")),
                        Duration.ZERO,
                        Instant.EPOCH)
                .getFirst();
    }

    @Test
    void a_mapping_that_is_not_open_shows_why_or_else_its_last_event() {
        assertThat(inactive(Optional.of(new Failure.NoGateway(Message.verbatim("no router")))))
                .isEqualTo(new WatchRow(
                        "tcp 25565",
                        "",
                        "",
                        WatchRow.State.NOT_OPEN,
                        Optional.empty(),
                        Message.verbatim("no router"),
                        Optional.empty()));
        assertThat(inactive(Optional.empty()).last()).hasToString("lost");
    }
}
