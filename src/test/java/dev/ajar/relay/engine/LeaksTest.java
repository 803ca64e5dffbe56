package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That a forgotten buffer would be noticed at all. */
class LeaksTest {
    @Test
    void a_forgotten_buffer_is_reported() {
        assertThat(RelayRig.kinds()).isNotEmpty();
        try (Loops loops = Loops.of(false, 1)) {
            assertThat(Leaks.found(loops)).isEmpty();
            forget(loops);
            assertThat(Leaks.found(loops)).isNotEmpty();
        }
    }

    private static void forget(Loops loops) {
        for (int i = 0; i < 10; i++) {
            loops.allocator().directBuffer(64).writeByte(1);
        }
    }
}
