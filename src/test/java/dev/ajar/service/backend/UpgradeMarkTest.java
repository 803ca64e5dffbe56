package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.ShutdownPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeMarkTest {
    @Test
    void ports_stay_open_while_a_package_is_upgraded_and_at_no_other_end(@TempDir Path folder) throws IOException {
        Path place = folder.resolve("upgrade");
        UpgradeMark mark = UpgradeMark.of(Map.of("AJAR_UPGRADE_MARK", place.toString()));

        assertThat(mark.policy(ShutdownPolicy.CLOSE_ALL)).isEqualTo(ShutdownPolicy.CLOSE_ALL);
        Files.createFile(place);
        assertThat(mark.policy(ShutdownPolicy.CLOSE_ALL)).isEqualTo(ShutdownPolicy.KEEP_ALL);
        assertThat(UpgradeMark.of(Map.of()).policy(ShutdownPolicy.KEEP_LEASES)).isEqualTo(ShutdownPolicy.KEEP_LEASES);
    }
}
