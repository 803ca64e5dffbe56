package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Reachability;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The document of {@code ajar open --json} and {@code ajar extend --json}: an API, described in {@code docs/json.md}.
 */
public final class OpenJson {
    private OpenJson() {}

    /**
     * What is said beside what was done.
     *
     * @param warnings what can go wrong with it now that it is open
     * @param hints what is odd about the services behind the ports
     * @param friendsJoin what friends type to join
     * @param manual the way by hand, where ajar could not help
     */
    public record Aside(
            List<Message> warnings, List<Message> hints, List<String> friendsJoin, Optional<ManualHint> manual) {
        public static final Aside NONE = new Aside(List.of(), List.of(), List.of(), Optional.empty());

        public Aside {
            warnings = List.copyOf(warnings);
            hints = List.copyOf(hints);
            friendsJoin = List.copyOf(friendsJoin);
        }
    }

    /**
     * @param command {@code open} or {@code extend}
     * @param keeper the process that renews it; empty where none does
     */
    public static String of(
            String command, OpenResult result, ExitCode exitCode, Optional<Message> keeper, Aside aside) {
        return document(command, result, exitCode, keeper, aside).write(OpenSummary.overallFailure(result));
    }

    /** Rules that the user made on the router's page: they replace the mappings of a result of nothing. */
    public static String ofManualRules(List<ReportedMapping> rules, List<Message> hints) {
        OpenResult nothing = new OpenResult(
                Optional.empty(),
                Optional.empty(),
                Reachability.UNKNOWN,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
        Aside aside = new Aside(List.of(), hints, List.of(), Optional.empty());
        return document("open", nothing, ExitCode.DONE, Optional.empty(), aside)
                .with("mappings", rules.stream().map(MappingJson::of).toList())
                .write(Optional.empty());
    }

    /** The rules of {@link #ofManualRules}. */
    public static List<ReportedMapping> manualRules(JsonObject json, MappingProtocols protocols) {
        return json.objects("mappings").stream()
                .map(rule -> MappingJson.read(rule, protocols))
                .toList();
    }

    private static JsonMembers document(
            String command, OpenResult result, ExitCode exitCode, Optional<Message> keeper, Aside aside) {
        JsonMembers json = JsonMembers.document(command, exitCode)
                .with("gateway", result.gateway().map(GatewayJson::write))
                .with("external_address", JsonMembers.address(result.externalAddress()))
                .with("reachability", result.reachability().key());
        ValueJson.putSentence(json, "kept_by", keeper)
                .with("mappings", mappings(result))
                .with("ipv6_error", JsonMembers.error(result.ipv6()))
                .with("upstream", result.beyond().stream().map(OpenJson::hop).toList());
        ValueJson.putSentences(json, "warnings", aside.warnings());
        ValueJson.putSentences(json, "hints", aside.hints());
        json.with("friends_join", aside.friendsJoin())
                .with("manual", aside.manual().map(ManualHint::json))
                .with("relay", RelayRules.of(result).map(rules -> "ajar relay " + rules));
        return parts(json, result);
    }

    /** What {@code error} sums up, and what was asked. */
    private static JsonMembers parts(JsonMembers json, OpenResult result) {
        return json.with("failure", JsonMembers.error(result.failure()))
                .with("line", JsonMembers.error(result.line()))
                .with("attempts", JsonMembers.attempts(result.attempts()));
    }

    /** A router in front of the first one. */
    private static Map<String, Object> hop(OpenResult hop) {
        JsonMembers json = new JsonMembers()
                .with("gateway", hop.gateway().map(GatewayJson::write))
                .with("external_address", JsonMembers.address(hop.externalAddress()))
                .with("reachability", hop.reachability().key())
                .with("mappings", mappings(hop))
                .with("error", JsonMembers.error(OpenSummary.overallFailure(hop)));
        return parts(json, hop).map();
    }

    private static List<Map<String, Object>> mappings(OpenResult result) {
        return result.ports().stream().map(OpenJson::port).toList();
    }

    private static Map<String, Object> port(OpenedPort port) {
        JsonMembers json = MappingJson.members(port.reported())
                .with("asked", WantedJson.write(port.wanted()))
                .with("router", GatewayJson.write(port.gateway()));
        switch (port.outcome()) {
            case OpenedPort.Outcome.Granted granted -> {
                json.with("granted_at", granted.at().toString());
                granted.refusal().ifPresent(said -> json.with("refusal", FailureJson.write(said)));
            }
            case OpenedPort.Outcome.AlreadyOpen(var entry) ->
                json.with("entry", EntryJson.write(entry).map());
            case OpenedPort.Outcome.NothingToOpen(Endpoint at, var why) ->
                ValueJson.putSentence(json.with("reached_at", ValueJson.endpoint(at)), "why", why);
            case OpenedPort.Outcome.Failed ignored -> {}
        }
        return json.map();
    }

    /**
     * The result in a document.
     *
     * @throws JsonException if it is none of a version that tells all
     */
    public static OpenResult read(JsonObject json, MappingProtocols protocols) {
        return new OpenResult(
                json.object("gateway").map(info -> GatewayJson.read(info, protocols)),
                ValueJson.optionalAddress(json, "external_address"),
                ValueJson.choice(Reachability.class, json.text("reachability")),
                json.objects("mappings").stream()
                        .map(port -> port(port, protocols))
                        .toList(),
                FailureJson.optional(json, "failure", protocols),
                FailureJson.optional(json, "ipv6_error", protocols),
                FailureJson.optional(json, "line", protocols),
                GatewayJson.attempts(json, protocols),
                json.has("upstream")
                        ? json.objects("upstream").stream()
                                .map(hop -> read(hop, protocols))
                                .toList()
                        : List.of());
    }

    private static OpenedPort port(JsonObject json, MappingProtocols protocols) {
        ReportedMapping reported = MappingJson.read(json, protocols);
        return new OpenedPort(
                WantedJson.read(member(json, "asked")),
                GatewayJson.read(member(json, "router"), protocols),
                reported,
                outcome(json, reported, protocols));
    }

    private static OpenedPort.Outcome outcome(JsonObject json, ReportedMapping reported, MappingProtocols protocols) {
        return switch (reported.status()) {
            case OPEN ->
                new OpenedPort.Outcome.Granted(
                        ValueJson.optionalMoment(json, "granted_at")
                                .orElseThrow(() -> new JsonException("it has no time")),
                        json.object("refusal").flatMap(said -> FailureJson.router(said, protocols)));
            case ALREADY_OPEN -> new OpenedPort.Outcome.AlreadyOpen(EntryJson.read(member(json, "entry")));
            case NOTHING_TO_OPEN ->
                new OpenedPort.Outcome.NothingToOpen(
                        ValueJson.endpoint(member(json, "reached_at")), ValueJson.sentence(json, "why"));
            case FAILED -> new OpenedPort.Outcome.Failed(failure(reported));
            case NOTED, UNKNOWN, GONE, FORMER_ADDRESS, UNCHECKED -> throw new JsonException("it is no outcome");
        };
    }

    private static Failure failure(ReportedMapping reported) {
        return reported.error().orElseThrow(() -> new JsonException("it has no error"));
    }

    private static JsonObject member(JsonObject json, String name) {
        return json.object(name).orElseThrow(() -> new JsonException("\"" + name + "\" is missing"));
    }
}
