package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import dev.ajar.testing.WorkLimit;
import org.junit.jupiter.api.Tag;

/** Any bytes in the state file are either read correctly or refused. */
@Tag("fuzz")
class StateFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void stateFolder(byte[] bytes) {
        WorkLimit.run(() -> read(bytes));
    }

    private static void read(byte[] bytes) {
        switch (StateFile.read(bytes, Samples.PROTOCOLS)) {
            case StateFile.Content.Good(Snapshot snapshot, Envelope envelope) ->
                assertThat(StateFile.read(
                                StateFile.write(snapshot, envelope.rewritten(envelope.clock()), Samples.PROTOCOLS),
                                Samples.PROTOCOLS))
                        .isEqualTo(new StateFile.Content.Good(snapshot, envelope.rewritten(envelope.clock())));
            case StateFile.Content.Damaged ignored -> {}
            case StateFile.Content.Newer ignored -> {}
        }
    }
}
