package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {
    @Test
    void a_task_of_windows_that_knows_its_users_folder_alone_has_the_usual_place() {
        assertThat(StateFolder.locate(Map.of("USERPROFILE", "/u")))
                .isEqualTo(Result.ok(Path.of("/u/AppData/Local/ajar")));
    }
}
