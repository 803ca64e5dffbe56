package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.relay.engine.loop.EventLoops;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows that {@link Leaks} finds a leaked buffer. */
@Tag("load")
class LeaksTest {
    @Test
    void a_leaked_buffer_is_reported() {
        assertThat(RelayRig.kinds()).isNotEmpty();
        try (EventLoops eventLoops = EventLoops.of(false, 1)) {
            assertThat(Leaks.found(eventLoops)).isEmpty();
            forget(eventLoops);
            assertThat(Leaks.found(eventLoops)).isNotEmpty();
        }
    }

    private static void forget(EventLoops eventLoops) {
        for (int i = 0; i < 10; i++) {
            eventLoops.allocator().directBuffer(64).writeByte(1);
        }
    }
}
