package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The snapshot as JSON. */
final class SnapshotJson {
    static final int SCHEMA = 3;

    /** The schema of ajar 0.1.0, without desired mappings. Later schemas only add members. */
    static final int FIRST_SCHEMA = 1;

    private final MappingProtocols protocols;
    private final ClaimJson claims;
    private final DesiredMappingJson desired;

    SnapshotJson(MappingProtocols protocols) {
        this.protocols = protocols;
        this.claims = new ClaimJson(protocols);
        this.desired = new DesiredMappingJson(protocols);
    }

    Map<String, Object> write(Snapshot snapshot) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put(
                "wishes",
                written(snapshot, false, snapshot.desiredMappings().stream().map(desired::write)));
        document.put(
                "holdings",
                written(snapshot, true, snapshot.mappingRecords().stream().map(SnapshotJson::mappingRecord)));
        document.put(
                "lessons",
                snapshot.learned().stream()
                        .map(SnapshotJson::learnedAdjustments)
                        .toList());
        if (!snapshot.manualRules().isEmpty()) {
            document.put(
                    "hand_made",
                    snapshot.manualRules().stream()
                            .map(SnapshotJson::manualRule)
                            .toList());
        }
        return document;
    }

    /** What this ajar knows, and then what it only keeps. */
    private static List<Object> written(Snapshot snapshot, boolean opened, Stream<? extends Object> known) {
        Stream<Object> newer =
                snapshot.newer().stream().filter(one -> one.opened() == opened).map(NewerRecord::members);
        return Stream.concat(known, newer).toList();
    }

    private static Map<String, Object> manualRule(ManualRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", rule.protocol().label());
        json.put("external_port", rule.externalPort().number());
        json.put("internal_address", Addresses.text(rule.internal().address()));
        json.put("internal_port", rule.internal().port().number());
        json.put("here", rule.here());
        json.put("written_at", rule.writtenAt().toString());
        return json;
    }

    private static ManualRule manualRule(JsonObject json) {
        return new ManualRule(
                TransportProtocol.valueOf(json.text("protocol").toUpperCase(Locale.ROOT)),
                new Port(Math.toIntExact(json.number("external_port"))),
                new Endpoint(
                        ClaimJson.address(json.text("internal_address")),
                        new Port(Math.toIntExact(json.number("internal_port")))),
                json.flag("here"),
                Instant.parse(json.text("written_at")));
    }

    private static Map<String, Object> learnedAdjustments(LearnedAdjustments learnedAdjustments) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gateway", Addresses.text(learnedAdjustments.gateway()));
        json.put("device", learnedAdjustments.device());
        json.put(
                "adjustments",
                learnedAdjustments.adjustments().stream().map(Adjustment::name).toList());
        json.put("learnt_at", learnedAdjustments.learntAt().toString());
        return json;
    }

    private static Map<String, Object> mappingRecord(MappingRecord mappingRecord) {
        Map<String, Object> json = ClaimJson.claim(mappingRecord.claim());
        mappingRecord.lease().ifPresent(lease -> json.put("granted", ClaimJson.granted(lease)));
        if (mappingRecord.leaving()) {
            json.put("leaving", true);
        }
        return json;
    }

    /** The version of the file's format. */
    static long schema(JsonObject document) {
        return document.number("schema");
    }

    /** @throws JsonException if neither {@link #write} nor that of an earlier version makes such a document */
    Snapshot read(JsonObject document) {
        long schema = schema(document);
        if (schema > SCHEMA || schema < FIRST_SCHEMA) {
            throw new JsonException("its schema " + schema + " is unknown");
        }
        try {
            List<NewerRecord> newer = new ArrayList<>();
            List<MappingRecord> mappingRecords = mappingRecords(document, newer);
            List<DesiredMapping> desiredMappings = desiredMappings(document, newer);
            // Computes the end of each lease, so that one beyond the range of Instant is rejected here.
            mappingRecords.forEach(mappingRecord ->
                    mappingRecord.hasExpired(mappingRecord.claim().writtenAt()));
            return new Snapshot(
                    desiredMappings,
                    mappingRecords,
                    list(document, "lessons", SnapshotJson::learnedAdjustments),
                    list(document, "hand_made", SnapshotJson::manualRule),
                    newer);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new JsonException("it contains an invalid value");
        }
    }

    private List<MappingRecord> mappingRecords(JsonObject document, List<NewerRecord> newer) {
        List<MappingRecord> known = new ArrayList<>();
        for (JsonObject json : document.objects("holdings")) {
            if (protocols.of(json.text("method")).isPresent()) {
                known.add(mappingRecord(json));
            } else {
                newer.add(NewerRecord.mappingRecord(json));
            }
        }
        return known;
    }

    private List<DesiredMapping> desiredMappings(JsonObject document, List<NewerRecord> newer) {
        List<DesiredMapping> known = new ArrayList<>();
        for (JsonObject json : document.has("wishes") ? document.objects("wishes") : List.<JsonObject>of()) {
            List<String> methods = json.texts("methods");
            if (methods.stream().anyMatch(key -> protocols.of(key).isPresent())) {
                known.add(desired.read(json));
            } else {
                newer.add(NewerRecord.desiredMapping(methods.isEmpty() ? "" : methods.getFirst(), json));
            }
        }
        return known;
    }

    private static <T> List<T> list(JsonObject document, String name, Function<JsonObject, T> reader) {
        return document.has(name) ? document.objects(name).stream().map(reader).toList() : List.of();
    }

    private static LearnedAdjustments learnedAdjustments(JsonObject json) {
        Set<Adjustment> adjustments =
                json.texts("adjustments").stream().map(Adjustment::valueOf).collect(Collectors.toUnmodifiableSet());
        return new LearnedAdjustments(
                ClaimJson.address(json.text("gateway")),
                json.text("device"),
                adjustments,
                Instant.parse(json.text("learnt_at")));
    }

    private MappingRecord mappingRecord(JsonObject json) {
        Claim claim = claims.read(json);
        return new MappingRecord(
                claim,
                json.object("granted").map(granted -> ClaimJson.lease(claim, granted)),
                json.has("leaving") && json.flag("leaving"));
    }
}
