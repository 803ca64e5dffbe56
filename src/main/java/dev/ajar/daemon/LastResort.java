package dev.ajar.daemon;

import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.time.Duration;
import java.util.function.Consumer;

/** The longest that the end of a daemon may take; after it, the process is halted. */
final class LastResort {
    static final Duration STOPPING = Duration.ofSeconds(4);

    /** For rules that are removed slowly. Service managers end a service after 40 seconds. */
    static final Duration STOPPING_SLOWLY = Duration.ofSeconds(34);

    private static final Duration BEYOND = Duration.ofMillis(700);

    /** Told by the keeper's thread, on which this is known. */
    private volatile boolean slow;

    void isSlow(boolean known) {
        slow = known;
    }

    /** Whether something is still to be removed, or may be, that takes long. */
    static boolean isSlow(Snapshot snapshot) {
        return snapshot.mappingRecords().stream().anyMatch(LastResort::isSlow);
    }

    private static boolean isSlow(MappingRecord mappingRecord) {
        return mappingRecord.claim().gateway().method().traits().isSlow();
    }

    void await(Consumer<Duration> pause) {
        pause.accept(STOPPING.plus(BEYOND));
        if (slow) {
            pause.accept(STOPPING_SLOWLY.minus(STOPPING));
        }
    }
}
