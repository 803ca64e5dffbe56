package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.ShutdownPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeMarkTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private static ShutdownPolicy policy(Path place) {
        return UpgradeMark.of(Map.of("AJAR_UPGRADE_MARK", place.toString())).policy(ShutdownPolicy.CLOSE_ALL, NOW);
    }

    private Path mark(Duration age) throws IOException {
        Path place = Files.createFile(folder.resolve("upgrade"));
        return Files.setLastModifiedTime(place, FileTime.from(NOW.minus(age)));
    }

    @Test
    void ports_stay_open_while_a_package_is_upgraded() throws IOException {
        assertThat(policy(mark(Duration.ofSeconds(40)))).isEqualTo(ShutdownPolicy.KEEP_ALL);
    }

    @Test
    void they_are_closed_at_any_other_end() {
        assertThat(policy(folder.resolve("upgrade"))).isEqualTo(ShutdownPolicy.CLOSE_ALL);
        assertThat(UpgradeMark.of(Map.of()).policy(ShutdownPolicy.KEEP_LEASES, NOW))
                .isEqualTo(ShutdownPolicy.KEEP_LEASES);
    }

    @Test
    void a_mark_that_killed_scripts_left_behind_keeps_no_port_open() throws IOException {
        assertThat(policy(mark(Duration.ofMinutes(6)))).isEqualTo(ShutdownPolicy.CLOSE_ALL);
    }
}
