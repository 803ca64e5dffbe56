package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OwnPresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PresetFileTest {
    private static PresetFile file(Path folder) {
        return PresetFile.beside(folder.resolve("ajar.toml"));
    }

    private static Result<OwnPresets> save(PresetFile file, String name) {
        try {
            return file.change(before -> before.with(name, List.of("25565")));
        } catch (InvalidInputException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** While the first has read and not yet written, the second begins. */
    @Test
    void of_two_who_save_at_once_neither_loses_what_the_other_saved(@TempDir Path folder)
            throws IOException, InvalidInputException {
        PresetFile file = file(folder.resolve("new"));
        List<Result<OwnPresets>> second = new ArrayList<>();

        Result<OwnPresets> first = file.change(before -> {
            if (Files.exists(folder.resolve("new"))) {
                second.add(save(file, "second"));
            }
            return before.with("first", List.of("25565"));
        });

        assertThat(first.toOptional().orElseThrow().ports()).containsOnlyKeys("first");
        assertThat(second).singleElement().isEqualTo(Result.err(new Failure.Busy(Message.of("config.presets-busy"))));
        assertThat(save(file, "second").toOptional().orElseThrow().ports()).containsOnlyKeys("first", "second");
        assertThat(file.read().ports()).containsOnlyKeys("first", "second");
    }

    @Test
    void what_is_not_possible_creates_nothing(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> file(folder.resolve("new")).change(before -> before.without("none")))
                .isInstanceOf(InvalidInputException.class);
        assertThat(folder.resolve("new")).doesNotExist();
    }

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
