package dev.ajar.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.ajar.json.JsonException;
import dev.ajar.testing.Quickly;

/** Whatever stands in the notes, they are read as they are meant or refused with the one exception for that. */
class StateFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void notes(byte[] bytes) {
        Quickly.run(() -> read(bytes));
    }

    private static void read(byte[] bytes) {
        Snapshot snapshot;
        try {
            snapshot = SnapshotJson.read(bytes);
        } catch (JsonException e) {
            return;
        }
        assertThat(SnapshotJson.read(SnapshotJson.write(snapshot))).isEqualTo(snapshot);
    }
}
