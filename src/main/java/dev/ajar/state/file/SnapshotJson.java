package dev.ajar.state.file;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.LearnedAdjustments;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.NewerRecord;
import dev.ajar.state.Snapshot;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The snapshot as JSON. */
final class SnapshotJson {
    static final int SCHEMA = 4;

    /** The lowest schema an ajar must know to change what this one writes. */
    static final int MIN_READER = 4;

    /** The schema of ajar 0.1.0, without desired mappings. Later schemas only add members. */
    static final int FIRST_SCHEMA = 1;

    private static final Set<String> FILE_MEMBERS =
            Set.of("crc32", "schema", "min_reader", "clock", "wishes", "holdings", "lessons", "hand_made");
    private static final Set<String> LESSON_MEMBERS = Set.of("gateway", "device", "adjustments", "learnt_at");
    private static final Set<String> RULE_MEMBERS =
            Set.of("protocol", "external_port", "internal_address", "internal_port", "here", "written_at");

    private final MappingProtocols protocols;
    private final ClaimJson claims;
    private final DesiredMappingJson desired;

    SnapshotJson(MappingProtocols protocols) {
        this.protocols = protocols;
        this.claims = new ClaimJson(protocols);
        this.desired = new DesiredMappingJson(protocols);
    }

    Map<String, Object> write(Snapshot snapshot, Envelope envelope) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", envelope.schema());
        document.put("min_reader", envelope.minReader());
        envelope.clock().ifPresent(clock -> document.put("clock", clock(clock)));
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
        envelope.unknown().addTo(document);
        return document;
    }

    private static Map<String, Object> clock(BootTime time) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("boot", time.boot());
        json.put("elapsed_ms", time.elapsed().toMillis());
        json.put("at", time.wall().toString());
        return json;
    }

    private static Optional<BootTime> clock(JsonObject document) {
        return document.object("clock")
                .map(clock -> new BootTime(
                        clock.text("boot"),
                        Duration.ofMillis(clock.number("elapsed_ms")),
                        Instant.parse(clock.text("at"))));
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

    /** A file as it was read. */
    record Document(Snapshot snapshot, Envelope envelope) {}

    /**
     * Reads a file of this schema, an earlier one, or a later one whose additions can be passed over.
     *
     * @throws JsonException if it is none
     */
    Document read(JsonObject document) {
        long schema = schema(document);
        if (schema < FIRST_SCHEMA) {
            throw new JsonException("its schema " + schema + " is unknown");
        }
        try {
            Reading reading = new Reading(document, schema > FIRST_SCHEMA);
            Snapshot snapshot = new Snapshot(
                    reading.desiredMappings(),
                    reading.mappingRecords(),
                    reading.known("lessons", LESSON_MEMBERS, SnapshotJson::learnedAdjustments),
                    reading.known("hand_made", RULE_MEMBERS, SnapshotJson::manualRule),
                    reading.newer);
            reading.unknown.file(document, FILE_MEMBERS);
            long minReader = document.optionalNumber("min_reader").orElse(schema);
            return new Document(snapshot, new Envelope(schema, minReader, clock(document), reading.unknown.build()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new JsonException("it contains an invalid value");
        }
    }

    /** The lists of one file, and what is found in them that this ajar does not know. */
    private final class Reading {
        private final JsonObject document;

        /** Whether a checksum excludes damage, so that what cannot be read was written by a newer ajar. */
        private final boolean checked;

        private final List<NewerRecord> newer = new ArrayList<>();
        private final UnknownMembers.Builder unknown = new UnknownMembers.Builder();

        Reading(JsonObject document, boolean checked) {
            this.document = document;
            this.checked = checked;
        }

        private List<JsonObject> objects(String name) {
            return document.has(name) ? document.objects(name) : List.of();
        }

        /** Empty if a newer ajar wrote a value that this one does not know. */
        private <T> Optional<T> one(JsonObject json, Function<JsonObject, T> reader) {
            try {
                return Optional.of(reader.apply(json));
            } catch (JsonException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
                if (checked) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private <T> List<T> known(String list, Set<String> members, Function<JsonObject, T> reader) {
            List<T> known = new ArrayList<>();
            for (JsonObject json : objects(list)) {
                Optional<T> read = one(json, reader);
                read.ifPresentOrElse(
                        some -> {
                            known.add(some);
                            unknown.object(list, json, members);
                        },
                        () -> unknown.unreadable(list, json));
            }
            return known;
        }

        private List<MappingRecord> mappingRecords() {
            List<MappingRecord> known = new ArrayList<>();
            for (JsonObject json : document.objects("holdings")) {
                one(json, SnapshotJson.this::mappingRecord)
                        .ifPresentOrElse(
                                some -> {
                                    known.add(some);
                                    Set<String> members = new HashSet<>(ClaimJson.HOLDING_MEMBERS);
                                    members.addAll(
                                            some.claim().handle().members().keySet());
                                    unknown.object("holdings", json, members);
                                    json.object("granted")
                                            .ifPresent(grant -> unknown.grant(json, grant, ClaimJson.GRANT_MEMBERS));
                                },
                                () -> newer.add(NewerRecord.mappingRecord(json)));
            }
            return known;
        }

        private List<DesiredMapping> desiredMappings() {
            List<DesiredMapping> known = new ArrayList<>();
            for (JsonObject json : objects("wishes")) {
                one(json, SnapshotJson.this::desiredMapping)
                        .ifPresentOrElse(
                                some -> {
                                    known.add(some);
                                    unknown.object("wishes", json, DesiredMappingJson.MEMBERS);
                                },
                                () -> newer.add(NewerRecord.desiredMapping(json)));
            }
            return known;
        }
    }

    /** @throws JsonException also if it may only be opened by protocols that are not registered */
    private DesiredMapping desiredMapping(JsonObject json) {
        if (json.texts("methods").stream().noneMatch(key -> protocols.of(key).isPresent())) {
            throw new JsonException("it names no protocol that is known");
        }
        return desired.read(json);
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
        MappingRecord record = new MappingRecord(
                claim,
                json.object("granted").map(granted -> ClaimJson.lease(claim, granted)),
                json.has("leaving") && json.flag("leaving"));
        record.rejectEndBeyondTime();
        return record;
    }
}
