package dev.ajar.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.CloseReport.CloseOutcome;
import dev.ajar.mapping.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Closing what ajar has no note of: only by force, and only what can be seen. */
class ForeignMappingsTest {
    private static final CloseRequest PORT = new CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565));

    private final OneGateway gateway = new OneGateway();

    private CloseOutcome close(boolean force, Presence seen) {
        gateway.presence = seen;
        return new ForeignMappings(
                        gateway,
                        GatewaySelector.AUTO,
                        force,
                        TimeBudget.of(gateway.timeline, Duration.ofSeconds(10)),
                        Progress.SILENT)
                .close(PORT);
    }

    private static Failure failure(CloseOutcome outcome) {
        return ((CloseOutcome.Failed) outcome).failure();
    }

    @Test
    void without_force_it_is_told_whose_it_is_and_left_alone() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(failure(close(false, theirs)))
                .isInstanceOf(Failure.Unsafe.class)
                .extracting(Failure::detail)
                .asString()
                .contains("192.168.77.11:25565", "game");
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void by_force_the_entry_that_was_seen_is_removed() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(close(true, theirs)).isInstanceOf(CloseOutcome.Closed.class);
        assertThat(gateway.changes).containsExactly("unmap 25565 of 192.168.77.11:25565");
    }

    @Test
    void what_cannot_be_seen_is_not_removed_even_by_force() {
        Presence hidden = new Presence.Unknown(Message.verbatim("the router shows no list"), true);

        assertThat(failure(close(true, hidden))).isInstanceOf(Failure.Unsupported.class);
        assertThat(close(false, hidden)).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void where_nothing_is_there_is_nothing_to_close() {
        assertThat(close(true, new Presence.Absent()))
                .isEqualTo(new CloseOutcome.WasNotOpen(PORT, "nothing was open there"));
        assertThat(gateway.changes).isEmpty();
    }
}
