package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.OneGateway;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Foreign mappings are closed only with force, and only if the router shows them. */
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
                        Progress.silent())
                .close(PORT);
    }

    private static Failure failure(CloseOutcome outcome) {
        return ((CloseOutcome.Failed) outcome).failure();
    }

    @Test
    void without_force_the_failure_names_the_client_and_nothing_is_removed() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(failure(close(false, theirs)))
                .isInstanceOf(Failure.Unsafe.class)
                .extracting(Failure::detail)
                .asString()
                .contains("192.168.77.11:25565", "game");
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void with_force_the_entry_in_the_table_is_removed() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(close(true, theirs)).isInstanceOf(CloseOutcome.Closed.class);
        assertThat(gateway.changes).containsExactly("unmap 25565 of 192.168.77.11:25565");
    }

    @Test
    void an_entry_the_router_does_not_show_is_not_removed_even_with_force() {
        Presence hidden = new Presence.Unknown(Message.verbatim("the router shows no list"), true);

        assertThat(failure(close(true, hidden))).isInstanceOf(Failure.Unsupported.class);
        assertThat(close(false, hidden)).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void an_absent_entry_is_reported_as_not_open() {
        assertThat(close(true, new Presence.Absent()))
                .isEqualTo(new CloseOutcome.WasNotOpen(PORT, Message.of("mapping.nothing-open")));
        assertThat(gateway.changes).isEmpty();
    }

    /** The state file of another user, or of the service, names it; that of this user does not. */
    @Test
    void an_entry_of_another_ajar_is_said_to_be_one() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.HERE, "ajar 25565 tcp x9z1"));

        assertThat(failure(close(false, theirs)).detail().toString())
                .contains("another ajar opened it, perhaps for another user or as the service");
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void an_entry_of_another_program_that_leads_here_may_be_another_users() {
        Presence theirs = new Presence.Present(OneGateway.entry(Samples.HERE, "PCP MAP f7e0"));

        assertThat(failure(close(false, theirs)).detail().toString())
                .contains("(\"PCP MAP f7e0\"), this machine")
                .contains("perhaps for another user or as the service");
    }
}
