package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file that another process has open for a moment. */
class ReplacementTest {
    private static final Path FRESH = Path.of("state.json.new");
    private static final Path OLD = Path.of("state.json");

    private final Deque<IOException> refusals = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();

    private Replacement replacement(int tries) {
        return new Replacement(
                (from, to) -> {
                    if (!refusals.isEmpty()) {
                        throw refusals.remove();
                    }
                },
                pauses::add,
                tries);
    }

    private void refused(int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(new AccessDeniedException("state.json"));
        }
    }

    @Test
    void on_windows_it_is_tried_again_until_the_other_process_is_done() {
        refused(3);
        assertThatCode(() -> replacement(25).move(FRESH, OLD)).doesNotThrowAnyException();
        assertThat(pauses).hasSize(3);
    }

    @Test
    void a_folder_that_may_not_be_changed_is_told_in_the_end() {
        refused(30);
        assertThatThrownBy(() -> replacement(25).move(FRESH, OLD)).isInstanceOf(AccessDeniedException.class);
        assertThat(pauses).hasSize(24);
    }

    @Test
    void a_missing_file_is_not_awaited() {
        refusals.add(new NoSuchFileException("state.json.new"));
        assertThatThrownBy(() -> replacement(25).move(FRESH, OLD)).isInstanceOf(NoSuchFileException.class);
        assertThat(pauses).isEmpty();
    }
}
