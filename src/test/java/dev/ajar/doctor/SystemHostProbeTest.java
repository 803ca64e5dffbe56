package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.http.RouterHttp;
import dev.ajar.simulator.LoopbackLan;
import dev.ajar.system.host.LinuxHostInspector;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemHostProbeTest {
    private static final String HEAD = "  sl  local_address\n";
    private static final String SOCKET =
            "   0: 00000000:63DD 00000000:0000 0A 00000000:00000000 00:00000000 00000000\n";

    @TempDir
    private Path root = Path.of("");

    private int listeners(HostProbe probe) {
        return probe.host().listeners().orElseThrow().size();
    }

    /** A server that was started while a slow router was asked is not called missing. */
    @Test
    void what_was_read_ahead_counts_for_a_second() throws IOException {
        ManualTimeline timeline = new ManualTimeline();
        Path table = Files.createDirectories(root.resolve("proc/net")).resolve("tcp");
        Files.writeString(table, HEAD);
        HostProbe probe = new SystemHostProbe(
                        new LoopbackLan(),
                        () -> new RouterHttp("x"),
                        timeline,
                        new LinuxHostInspector(root, Optional::empty, (protocol, at, port) -> false))
                .ahead();
        assertThat(listeners(probe)).isZero();
        Files.writeString(table, HEAD + SOCKET);

        assertThat(listeners(probe)).isZero();
        timeline.advance(Duration.ofMillis(1001));
        assertThat(listeners(probe)).isEqualTo(1);
    }
}
