package dev.ajar.gateway.admin.enrolment;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
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

    /** Another process may add a line between the look and the write, which then does nothing. */
    private static final int MOST_TRIES = 5;

    /** All that can be read. */
    Result<List<JsonObject>> all() {
        return read().map(read ->
                read.lines().stream().flatMap(line -> members(line).stream()).toList());
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

    /** @return why it is not written: what is recorded before a change must be there before the change */
    private Optional<Failure> rewrite(String card, String added) {
        Optional<Failure> failure = Optional.empty();
        for (int i = 0; i < MOST_TRIES && failure.isEmpty(); i++) {
            failure = rewriteOnce(card, added);
            if (failure.isEmpty() && hasOnly(card, added)) {
                return Optional.empty();
            }
        }
        return failure.or(() -> Optional.of(new Failure.BadState(Message.of("admin.not-recorded"))));
    }

    private boolean hasOnly(String card, String added) {
        return read().toOptional()
                .filter(all -> all.lines().stream()
                        .filter(line ->
                                members(line).filter(one -> isOf(one, card)).isPresent())
                        .toList()
                        .equals(added.lines().toList()))
                .isPresent();
    }

    /** Nothing is written where the lines of other routers cannot be read. */
    private Optional<Failure> rewriteOnce(String card, String added) {
        Result<Optional<Failure>> written = read().map(before -> {
            String kept = before.lines().stream()
                    .filter(line -> members(line).filter(one -> isOf(one, card)).isEmpty())
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            return store.replace((kept + added).getBytes(StandardCharsets.UTF_8), before.size());
        });
        return switch (written) {
            case Result.Ok<Optional<Failure>>(Optional<Failure> failure) -> failure;
            case Result.Err<Optional<Failure>>(Failure failure) -> Optional.of(failure);
        };
    }

    /** @param size of the file that these lines were read from, by which a later line is noticed */
    private record Read(List<String> lines, long size) {}

    private Result<Read> read() {
        return store.tail(MOST_BYTES)
                .map(tail -> new Read(
                        new String(tail.bytes(), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList(),
                        tail.size()));
    }

    private static Optional<JsonObject> members(String line) {
        try {
            return Optional.of(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
