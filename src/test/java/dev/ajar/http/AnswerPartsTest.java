package dev.ajar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head and the body of an answer, read from bytes without a connection. */
class AnswerPartsTest {
    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static BodyReader.Body body(String text, boolean chunked) {
        ReadBudget budget = new ReadBudget(Deadline.after(new ManualTimeline(), Duration.ofSeconds(5)));
        return BodyReader.read(bytes(text), chunked, -1, budget);
    }

    /** Each could be the size of a chunk, or the beginning of one. */
    @ParameterizedTest
    @ValueSource(strings = {"ok", "12", "a;b=c and no more", "gateway is starting"})
    void a_short_text_without_a_length_is_read_whole(String text) {
        assertThat(body(text, false).bytes())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo(text);
        assertThat(body(text, false).whole()).isTrue();
    }

    @Test
    void what_is_announced_as_chunks_and_has_none_is_read_as_it_is() {
        assertThat(body("not ready", true).bytes())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("not ready");
    }

    @Test
    void the_size_of_a_chunk_that_does_not_come_is_no_part_of_the_body() {
        assertThat(body("4\r\nabcd\r\n3", true).bytes())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("abcd");
        assertThat(body("5", true).bytes()).isEmpty();
    }

    /** SSH and telnet greet, and then wait for their client. */
    @Test
    void a_peer_that_speaks_something_else_is_not_listened_to_for_long() throws IOException {
        InputStream waits = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read on");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        String greeting = "welcome\r\n".repeat(6);

        assertThat(new HeadStream(new SequenceInputStream(bytes(greeting), waits)).readNBytes(4))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("welc");
    }
}
