package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The snapshot as JSON. */
final class SnapshotJson {
    static final int SCHEMA = 3;

    /** Without wishes: ajar 0.1.0. What came after it, up to now, is read as it is. */
    static final int FIRST_SCHEMA = 1;

    private SnapshotJson() {}

    static Map<String, Object> write(Snapshot snapshot) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("wishes", snapshot.wishes().stream().map(WishJson::write).toList());
        document.put(
                "holdings",
                snapshot.holdings().stream().map(SnapshotJson::holding).toList());
        document.put(
                "lessons", snapshot.lessons().stream().map(SnapshotJson::lesson).toList());
        if (!snapshot.handMade().isEmpty()) {
            document.put(
                    "hand_made",
                    snapshot.handMade().stream().map(SnapshotJson::handMade).toList());
        }
        return document;
    }

    private static Map<String, Object> handMade(HandMade rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", rule.protocol().label());
        json.put("external_port", rule.externalPort().number());
        json.put("internal_address", Addresses.text(rule.internal().address()));
        json.put("internal_port", rule.internal().port().number());
        json.put("here", rule.here());
        json.put("written_at", rule.writtenAt().toString());
        return json;
    }

    private static HandMade handMade(JsonObject json) {
        return new HandMade(
                Protocol.valueOf(json.text("protocol").toUpperCase(Locale.ROOT)),
                new Port(Math.toIntExact(json.number("external_port"))),
                new Endpoint(
                        ClaimJson.address(json.text("internal_address")),
                        new Port(Math.toIntExact(json.number("internal_port")))),
                json.flag("here"),
                Instant.parse(json.text("written_at")));
    }

    private static Map<String, Object> lesson(Lesson lesson) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gateway", Addresses.text(lesson.gateway()));
        json.put("device", lesson.device());
        json.put(
                "adjustments",
                lesson.adjustments().stream().map(Adjustment::name).toList());
        json.put("learnt_at", lesson.learntAt().toString());
        return json;
    }

    private static Map<String, Object> holding(Holding holding) {
        Map<String, Object> json = ClaimJson.claim(holding.claim());
        holding.lease().ifPresent(lease -> json.put("granted", ClaimJson.granted(lease)));
        if (holding.leaving()) {
            json.put("leaving", true);
        }
        return json;
    }

    /** Which version of ajar's notes it is. */
    static long schema(JsonObject document) {
        return document.number("schema");
    }

    /** @throws JsonException if the document is not what {@link #write} makes, or made once */
    static Snapshot read(JsonObject document) {
        long schema = schema(document);
        if (schema > SCHEMA || schema < FIRST_SCHEMA) {
            throw new JsonException("it is of no known version (schema " + schema + ")");
        }
        try {
            List<Holding> holdings = document.objects("holdings").stream()
                    .map(SnapshotJson::holding)
                    .toList();
            // An end that no calendar has would only be noticed when it is looked at.
            holdings.forEach(holding -> holding.hasExpired(holding.claim().writtenAt()));
            return new Snapshot(
                    list(document, "wishes", WishJson::read),
                    holdings,
                    list(document, "lessons", SnapshotJson::lesson),
                    list(document, "hand_made", SnapshotJson::handMade));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new JsonException("it holds a value that makes no sense");
        }
    }

    private static <T> List<T> list(JsonObject document, String name, Function<JsonObject, T> reader) {
        return document.has(name) ? document.objects(name).stream().map(reader).toList() : List.of();
    }

    private static Lesson lesson(JsonObject json) {
        Set<Adjustment> adjustments =
                json.texts("adjustments").stream().map(Adjustment::valueOf).collect(Collectors.toUnmodifiableSet());
        return new Lesson(
                ClaimJson.address(json.text("gateway")),
                json.text("device"),
                adjustments,
                Instant.parse(json.text("learnt_at")));
    }

    private static Holding holding(JsonObject json) {
        Claim claim = ClaimJson.claim(json);
        return new Holding(
                claim,
                json.object("granted").map(granted -> ClaimJson.lease(claim, granted)),
                json.has("leaving") && json.flag("leaving"));
    }
}
