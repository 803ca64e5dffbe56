package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.LineStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What ajar changed on routers beyond rules, as lines of JSON written before the change: so that it can be undone. */
public final class RouterChanges {
    private final CardLines lines;

    public RouterChanges(LineStore store) {
        this.lines = new CardLines(store);
    }

    /**
     * UPnP was switched on, or was about to be.
     *
     * @param before how the router had it
     */
    public record UpnpOn(Instant at, UpnpSwitch.Setting before) {}

    /** @param card the network card of the router */
    public Result<Optional<UpnpOn>> upnp(String card) {
        return lines.of(card)
                .map(all -> all.stream().flatMap(one -> read(one).stream()).findFirst());
    }

    Optional<Failure> save(String card, UpnpOn change) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("card", card);
        members.put("at", change.at().toString());
        members.put("upnp_before", new LinkedHashMap<>(change.before().values()));
        return lines.put(card, members);
    }

    Optional<Failure> remove(String card) {
        return lines.remove(card);
    }

    /** What was changed on a router that has another network card now. */
    Optional<Failure> move(String before, String now) {
        return switch (upnp(before)) {
            case Result.Err<Optional<UpnpOn>>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Optional<UpnpOn>>(Optional<UpnpOn> change) ->
                change.flatMap(one -> save(now, one).or(() -> remove(before)));
        };
    }

    private static Optional<UpnpOn> read(JsonObject members) {
        try {
            return members.object("upnp_before")
                    .map(before -> new UpnpOn(
                            Instant.parse(members.text("at")), new UpnpSwitch.Setting(false, before.allTexts())));
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
