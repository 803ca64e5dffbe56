package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.history.LoggedEvent;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.service.GatewayRow;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.service.json.WatchDocument;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchDocumentTest {
    private static final WatchRow ROW = new WatchRow(
            "tcp 25565",
            "192.168.1.20:25565",
            "PCP",
            WatchRow.State.OPEN,
            Optional.of(3120L),
            Message.of("event.short-opened"),
            Optional.of(Instant.EPOCH));

    private static final WatchReport REPORT = new WatchReport(
            Optional.of(Message.of("daemon.keeper", "pid", 4711L)),
            List.of(ROW),
            List.of(new GatewayRow("192.168.1.1", "PCP", true, Optional.of(Samples.ip("203.0.113.7")))),
            List.of(),
            List.of(LoggedEvent.of(EventSamples.LOST, Instant.EPOCH)));

    private static WatchReport read(String json) {
        return WatchDocument.read(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)), List.of());
    }

    @Test
    void what_is_written_is_read_again() {
        assertThat(read(WatchDocument.write(REPORT))).isEqualTo(REPORT);
    }

    @Test
    void members_of_a_later_version_are_ignored_and_those_of_an_earlier_one_are_enough() {
        String json = WatchDocument.write(REPORT).replace("\"mapping\":", "\"colour\":[1,{}],\"mapping\":");
        assertThat(read(json)).isEqualTo(REPORT);

        WatchReport old = read("{\"kept_by\":\"ajar daemon 1\",\"mappings\":[{\"mapping\":\"tcp 1\",\"goes_to\":\"\","
                + "\"method\":\"\",\"state\":\"not open\",\"seconds_left\":null,\"last\":\"lost \\u001b[2J\"}]}");
        assertThat(old.keeper()).contains(Message.verbatim("ajar daemon 1"));
        assertThat(old.rows()).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(WatchRow.State.NOT_OPEN);
            assertThat(row.last()).isEqualTo(Message.verbatim("lost [2J"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"mappings\":[{\"mapping\":1}]}", "ajar: no"})
    void an_unreadable_document_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonException.class);
    }
}
