package dev.ajar.mapping;

import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of two refusals a user is told, when two protocols of one router were asked. */
class ReportedAnswerTest {
    private static final Message DETAIL = Message.verbatim("no");
    private static final Failure MISMATCH = new Failure.AddressMismatch(DETAIL, Optional.empty());
    private static final Failure SILENT = new Failure.TimedOut(DETAIL);
    private static final Failure TAKEN = new Failure.Conflict(DETAIL, Optional.empty(), Optional.empty());
    private static final Failure TAKEN_BY_CAMERA =
            new Failure.Conflict(DETAIL, Optional.of(new Endpoint(Samples.NEIGHBOUR, new Port(80))), Optional.empty());

    private final OneGateway gateway = new OneGateway();

    private GatewaySession.Answer answer(Optional<Failure> refusal) {
        gateway.granted = grant -> refusal.<Result<Grant>>map(Result::err).orElse(grant);
        return new GatewaySession(new MemoryStateStore(), Progress.silent(), gateway, gateway.deadline, Snapshot.EMPTY)
                .ask(List.of(tcp(25565)));
    }

    private boolean replaces(Failure later, Failure earlier) {
        return answer(Optional.of(later)).saysMoreThan(answer(Optional.of(earlier)));
    }

    @Test
    void a_refusal_says_more_than_silence() {
        assertThat(replaces(TAKEN, SILENT)).isTrue();
        assertThat(replaces(SILENT, TAKEN)).isFalse();
    }

    @Test
    void an_address_mismatch_says_more_than_a_refusal_without_a_reason_of_its_own() {
        assertThat(replaces(TAKEN, MISMATCH)).isFalse();
        assertThat(replaces(TAKEN_BY_CAMERA, MISMATCH)).isTrue();
        assertThat(replaces(MISMATCH, TAKEN)).isTrue();
    }

    @Test
    void what_was_opened_after_all_is_reported() {
        assertThat(answer(Optional.empty()).saysMoreThan(answer(Optional.of(MISMATCH))))
                .isTrue();
    }
}
