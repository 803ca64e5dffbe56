package dev.ajar.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.ProbeAttempt.ProbeOutcome;
import dev.ajar.gateway.ProbeAttempt.Stage;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A router whose description did not come in time is searched for once more. */
class SecondSearchTest {
    private final OneGateway gateway = new OneGateway();

    private OpenReport openAfter(Stage stage, ProbeOutcome outcome) {
        gateway.triedFirst = List.of(new ProbeAttempt(
                "eth0",
                stage,
                UpnpProtocol.UPNP,
                Message.verbatim("asked 192.168.1.1"),
                outcome,
                Message.verbatim("was late")));
        return new OpenPorts(gateway, new MemoryStateStore(), gateway.timeline, Progress.silent())
                .run(
                        List.of(Samples.tcp(25565)),
                        GatewaySelector.AUTO,
                        Optional.of(Ownership.USER),
                        TimeBudget.of(gateway.timeline, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "DESCRIPTION, SILENT, true",
        "DESCRIPTION, UNFINISHED, true",
        "DESCRIPTION, REJECTED, false",
        "DISCOVERY, SILENT, false"
    })
    void also_where_this_machine_was_too_busy_to_hear_it(Stage stage, ProbeOutcome outcome, boolean twice) {
        assertThat(openAfter(stage, outcome).gateway().isPresent()).isEqualTo(twice);
    }
}
