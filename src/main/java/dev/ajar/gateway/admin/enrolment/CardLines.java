package dev.ajar.gateway.admin.enrolment;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.LineStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A small file of lines of JSON, each for the router whose network card it names. A line that cannot be read is kept as
 * it is.
 */
record CardLines(LineStore store) {
    private static final int MOST_BYTES = 64 * 1024;

    /** All that can be read. */
    Result<List<JsonObject>> all() {
        return lines().map(lines ->
                lines.stream().flatMap(line -> members(line).stream()).toList());
    }

    /** Those for that card. */
    Result<List<JsonObject>> of(String card) {
        return all().map(all -> all.stream().filter(one -> isOf(one, card)).toList());
    }

    /** @param members in the place of those of {@code card}, which they name */
    Optional<Failure> put(String card, Map<String, Object> members) {
        return rewrite(card, JsonWriter.write(members) + "\n");
    }

    Optional<Failure> remove(String card) {
        return rewrite(card, "");
    }

    private static boolean isOf(JsonObject members, String card) {
        return card.equals(members.scalars().get("card"));
    }

    /** Nothing is written where the lines of other routers cannot be read. */
    private Optional<Failure> rewrite(String card, String added) {
        Result<Optional<Failure>> written = lines().flatMap(before -> store.size()
                .map(size -> {
                    String kept = before.stream()
                            .filter(line ->
                                    members(line).filter(one -> isOf(one, card)).isEmpty())
                            .map(line -> line + "\n")
                            .collect(Collectors.joining());
                    return store.replace((kept + added).getBytes(StandardCharsets.UTF_8), size);
                }));
        return switch (written) {
            case Result.Ok<Optional<Failure>>(Optional<Failure> failure) -> failure;
            case Result.Err<Optional<Failure>>(Failure failure) -> Optional.of(failure);
        };
    }

    private Result<List<String>> lines() {
        return store.tail(MOST_BYTES)
                .map(tail -> new String(tail.bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList());
    }

    private static Optional<JsonObject> members(String line) {
        try {
            return Optional.of(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
