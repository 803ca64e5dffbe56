package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.OneGateway;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a refused request for the same port may have cost. */
class ReplacedMappingsTest {
    /** A rule that was granted is not one that an ended process left half made, and is only looked for. */
    @Test
    void what_is_asked_for_again_was_granted_before() {
        OneGateway gateway = new OneGateway();
        Snapshot snapshot = Snapshot.EMPTY.with(gateway.opened());
        OpenReport.PortOutcome refused = new OpenReport.PortOutcome(
                Samples.to(Samples.NEIGHBOUR, Samples.tcp(25565)),
                gateway.info(),
                Result.err(new Failure.Refused(Message.verbatim("no"), Optional.empty())));
        OpenReport report = new OpenReport(
                Optional.of(gateway.info()), Optional.empty(), List.of(refused), Optional.empty(), List.of());

        OpenReport after =
                new ReplacedMappings(gateway, snapshot, gateway.timeline.instant()).restore(report, gateway.deadline);

        assertThat(after.failure()).isEmpty();
        assertThat(gateway.changes).hasSize(1);
        assertThat(gateway.history.granted()).isTrue();
    }
}
