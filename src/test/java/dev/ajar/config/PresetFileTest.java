package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OwnPresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PresetFileTest {
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_file_keeps_its_permissions_and_leaves_nothing_beside_it(@TempDir Path folder)
            throws IOException, InvalidInputException {
        PresetFile file = PresetFile.beside(folder.resolve("ajar.toml"));
        file.write(OwnPresets.EMPTY);
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));

        file.write(OwnPresets.of(Map.of("evening", List.of("25565/tcp"))));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(file.read().ports()).containsOnlyKeys("evening");
        try (var beside = Files.list(folder)) {
            assertThat(beside).containsExactly(file.path());
        }
    }
}
