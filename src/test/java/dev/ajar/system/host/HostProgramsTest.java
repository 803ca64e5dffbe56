package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a program prints is judged as a whole or not at all. */
class HostProgramsTest {
    private final HostPrograms programs = new HostPrograms(Duration.ofMinutes(1));

    private Optional<String> printed(String script) {
        return programs.apply(List.of("/bin/sh", "-c", script));
    }

    @Test
    void long_output_is_whole() {
        assertThat(printed("head -c 3000000 /dev/zero | tr '\\0' x").orElseThrow())
                .hasSize(3_000_000);
    }

    @Test
    void cut_output_is_none() {
        assertThat(printed("head -c 20000000 /dev/zero | tr '\\0' x")).isEmpty();
    }

    @Test
    void a_failure_is_none() {
        assertThat(printed("echo half; exit 1")).isEmpty();
        assertThat(programs.apply(List.of("/nowhere/nft"))).isEmpty();
    }
}
