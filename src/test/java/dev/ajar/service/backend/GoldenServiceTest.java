package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlAnswer;
import dev.ajar.control.ControlClient;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of an older version asks this version's daemon: each request is answered as it was. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoldenServiceTest {
    /** Where to write the answers of this version, to begin the file of a new one. */
    private static final String RECORD = System.getProperty("ajar.record-control", "");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = "v3")
    void an_older_client_is_answered_as_it_was(String version) throws IOException {
        StringBuilder recorded = new StringBuilder();
        Set<String> asked = new HashSet<>();
        try (ServiceFixture machine = new ServiceFixture(folder.resolve("machine"));
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("d"))) {
            for (GoldenService.Exchange exchange : GoldenService.read(version)) {
                String answer = answer(daemon, exchange.request(), asked);
                recorded.append("> ")
                        .append(exchange.request())
                        .append("\n< ")
                        .append(answer)
                        .append("\n\n");
                if (RECORD.isEmpty()) {
                    GoldenService.assertContinues(exchange, answer);
                }
            }
            assertThat(asked)
                    .as("every request of this version is recorded")
                    .containsAll(daemon.remoteLink().requests())
                    .contains("run", "watch", "follow");
        }
        if (!RECORD.isEmpty()) {
            Files.writeString(Path.of(RECORD), recorded);
        }
    }

    private static String answer(TestedDaemon daemon, String line, Set<String> asked) {
        JsonObject request = JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
        Map<String, @Nullable Object> members = new LinkedHashMap<>(request.toMap());
        members.remove("request");
        String name = request.text("request");
        asked.add(name);
        daemon.pass();
        if (name.equals("follow")) {
            StringBuilder first = new StringBuilder();
            ControlClient.follow(daemon.remoteLink().place(), json -> {
                first.append(JsonWriter.write(json.toMap()));
                return false;
            });
            return first.toString();
        }
        return switch (ControlClient.request(daemon.remoteLink().place(), name, members, Duration.ofSeconds(60))) {
            case ControlAnswer.Document(JsonObject json) -> JsonWriter.write(json.toMap());
            case ControlAnswer.Refused(String code, String message) ->
                JsonWriter.write(Map.of("error", Map.of("code", code, "message", message)));
            case ControlAnswer.NoDaemon ignored -> "{\"no daemon\":true}";
            case ControlAnswer.Silent ignored -> "{\"silent\":true}";
            case ControlAnswer.Ended ignored -> "{\"ended\":true}";
        };
    }
}
