package dev.ajar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchDocumentTest {
    private static final WatchRow ROW =
            new WatchRow("tcp 25565", "192.168.1.20:25565", "PCP", "open", Optional.of(3120L), "opened");

    @Test
    void what_is_written_is_read_again() {
        String json = WatchDocument.write(List.of(ROW), Optional.of("ajar daemon 4711"), List.of());

        assertThat(WatchDocument.rows(json)).isEqualTo(Result.ok(List.of(ROW)));
        assertThat(WatchDocument.keeper(json)).contains("ajar daemon 4711");
    }

    @Test
    void members_of_a_later_version_are_ignored() {
        String json = WatchDocument.write(List.of(ROW), Optional.empty(), List.of())
                .replace("\"mapping\":", "\"colour\":[1,{}],\"mapping\":");

        assertThat(WatchDocument.rows(json)).isEqualTo(Result.ok(List.of(ROW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"mappings\":[{\"mapping\":1}]}", "ajar: no"})
    void an_unreadable_document_is_a_failure(String json) {
        assertThat(WatchDocument.rows(json))
                .isInstanceOfSatisfying(
                        Result.Err.class, err -> assertThat(err.failure()).isInstanceOf(Failure.BadState.class));
        assertThat(WatchDocument.keeper(json)).isEmpty();
    }
}
