package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations recorded with each version of the protocol are answered as they were. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoldenConversationsTest {
    private static final String DOCUMENT = "{\"schema\":1,\"command\":\"watch\",\"mappings\":[]}";

    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = "v3")
    void a_conversation_goes_as_recorded(String version) throws IOException {
        Path place = folder.resolve("control.sock");
        int conversations = 0;
        try (ControlServer server = ControlServer.start(place, new TestDaemon(DOCUMENT))) {
            assertThat(server).isNotNull();
            for (List<String> lines : conversations(version)) {
                converse(place, lines);
                conversations++;
            }
        }
        assertThat(conversations).isGreaterThan(7);
    }

    private static void converse(Path place, List<String> lines) throws IOException {
        try (SocketChannel client = TestDaemon.connected(place)) {
            LineReader reader = new LineReader(client, 10_000);
            for (String line : lines) {
                String text = line.substring(2);
                if (line.startsWith(">")) {
                    LineProtocol.write(client, LineProtocol.line(text));
                } else {
                    String answer = new String(reader.next(), StandardCharsets.UTF_8);
                    assertThat(answer).as(lines.getFirst()).matches(pattern(text));
                }
            }
        }
    }

    private static Pattern pattern(String text) {
        return Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E");
    }

    private static List<List<String>> conversations(String version) throws IOException {
        List<List<String>> all = new ArrayList<>();
        try (InputStream in = GoldenConversationsTest.class.getResourceAsStream("/control/" + version + ".txt")) {
            assertThat(in).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n")) {
                all.add(block.lines().filter(line -> !line.startsWith("#")).toList());
            }
        }
        return all;
    }
}
