package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.LineStore;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What ajar changed on routers beyond rules, as lines of JSON written before the change: so that it can be undone. */
public final class RouterChanges {
    private static final int MOST_BYTES = 64 * 1024;

    private final LineStore store;

    public RouterChanges(LineStore store) {
        this.store = store;
    }

    /**
     * UPnP was switched on, or was about to be.
     *
     * @param before how the router had it
     */
    public record UpnpOn(Instant at, UpnpSwitch.Setting before) {}

    /** @param card the network card of the router */
    public Result<Optional<UpnpOn>> upnp(String card) {
        return lines().map(lines ->
                lines.lines().flatMap(line -> read(line, card).stream()).findFirst());
    }

    Optional<Failure> save(String card, UpnpOn change) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("card", card);
        members.put("at", change.at().toString());
        members.put("upnp_before", new LinkedHashMap<>(change.before().values()));
        return rewrite(card, JsonWriter.write(members) + "\n");
    }

    Optional<Failure> remove(String card) {
        return rewrite(card, "");
    }

    private Result<String> lines() {
        return store.tail(MOST_BYTES).map(tail -> new String(tail.bytes(), StandardCharsets.UTF_8));
    }

    private Optional<Failure> rewrite(String card, String added) {
        return switch (lines()) {
            case Result.Err<String>(Failure failure) -> Optional.of(failure);
            case Result.Ok<String>(String before) -> {
                String kept = before.lines()
                        .filter(line -> !line.isBlank() && !isOf(line, card))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                yield switch (store.size()) {
                    case Result.Err<Long>(Failure failure) -> Optional.of(failure);
                    case Result.Ok<Long>(Long size) ->
                        store.replace((kept + added).getBytes(StandardCharsets.UTF_8), size);
                };
            }
        };
    }

    private static boolean isOf(String line, String card) {
        return members(line)
                .flatMap(one -> one.optionalText("card"))
                .filter(card::equals)
                .isPresent();
    }

    private static Optional<JsonObject> members(String line) {
        try {
            return Optional.of(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<UpnpOn> read(String line, String card) {
        try {
            return members(line)
                    .filter(one -> one.optionalText("card").equals(Optional.of(card)))
                    .flatMap(one -> one.object("upnp_before")
                            .map(before -> new UpnpOn(
                                    Instant.parse(one.text("at")), new UpnpSwitch.Setting(false, before.allTexts()))));
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
