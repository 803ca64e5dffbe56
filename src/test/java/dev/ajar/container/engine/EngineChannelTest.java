package dev.ajar.container.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.container.EngineAddress;
import dev.ajar.model.Port;
import dev.ajar.system.Deadline;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EngineChannelTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int TRIES = 300;

    private static long open() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }

    private static int unused() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    /** A daemon asks an engine that is away twice a second, for as long as it is away. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_connection_that_fails_leaves_no_descriptor() throws IOException {
        EngineAddress away = new EngineAddress.Tcp(Samples.ip("127.0.0.1"), new Port(unused()));
        Deadline deadline = Deadline.after(new SystemTimeline(), Duration.ofMinutes(2));
        long before = open();
        for (int i = 0; i < TRIES; i++) {
            assertThatThrownBy(() -> EngineChannel.connect(away, deadline)).isInstanceOf(IOException.class);
        }
        // Other tests of this process may open some meanwhile.
        assertThat(open() - before).isLessThan(TRIES);
    }

    /** Who waits for a moment asks whether it has passed, and would wait again, without an end. */
    @Test
    void nothing_came_is_said_after_the_deadline_and_not_a_part_of_a_millisecond_before_it() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineAddress address = new EngineAddress.Tcp(Samples.ip("127.0.0.1"), new Port(silent.getLocalPort()));
            SystemTimeline timeline = new SystemTimeline();
            try (EngineChannel channel =
                    EngineChannel.connect(address, Deadline.after(timeline, Duration.ofMinutes(2)))) {
                for (int i = 0; i < 10; i++) {
                    Deadline moment = Deadline.after(timeline, Duration.ofMillis(5));
                    assertThat(channel.next(moment)).isEqualTo(EngineChannel.NOTHING);
                    assertThat(moment.hasPassed()).isTrue();
                }
            }
        }
    }
}
