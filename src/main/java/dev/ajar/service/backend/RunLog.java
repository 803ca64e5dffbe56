package dev.ajar.service.backend;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Result;
import dev.ajar.state.file.LineStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last runs of {@code ajar renew}, from which the time between them is learnt: a line of JSON each, in a file
 * beside the state file. A problem with the file costs that knowledge and nothing else.
 */
final class RunLog {
    static final String FILE = "renewals.jsonl";
    private static final int LARGEST = 16 * 1024;
    private static final int MOST_RUNS = 16;
    private static final int MOST_REMARKS = 32;

    private final LineStore file;

    RunLog(LineStore file) {
        this.file = file;
    }

    /**
     * One run.
     *
     * @param at when it began
     * @param remarks what it told the user, so that the next run does not tell it again
     */
    record Run(Instant at, List<String> remarks) {
        Run {
            remarks = remarks.stream().limit(MOST_REMARKS).toList();
        }
    }

    /** The last runs that can be read, oldest first. */
    List<Run> runs() {
        return file.tail(LARGEST).map(lines -> runs(lines.bytes())).toOptional().orElse(List.of());
    }

    private static List<Run> runs(byte[] content) {
        List<Run> runs = new ArrayList<>();
        new String(content, StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> read(line).ifPresent(runs::add));
        return runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size());
    }

    private static Optional<Run> read(String line) {
        try {
            JsonObject json = JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Run(Instant.parse(json.text("at")), json.optionalTexts("told")));
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Adds a run, and drops old ones once the file has grown. */
    void add(Run run) {
        byte[] line = line(run);
        if (!(file.size() instanceof Result.Ok<Long>(Long size))) {
            return;
        }
        if (size + line.length <= LARGEST) {
            file.append(line);
            return;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        runs().forEach(old -> kept.writeBytes(line(new Run(old.at(), List.of()))));
        kept.writeBytes(line);
        file.replace(kept.toByteArray(), size);
    }

    private static byte[] line(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", run.at().toString());
        if (!run.remarks().isEmpty()) {
            json.put("told", run.remarks());
        }
        return (JsonWriter.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
