package dev.ajar.cli.render;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.DiscoverReport;
import dev.ajar.mapping.ListReport;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.StatusReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The JSON documents: an API, described in {@code docs/json.md}. */
public final class JsonReports {
    private JsonReports() {}

    /**
     * What there is to say beside what was done.
     *
     * @param warnings what can go wrong with it now that it is open
     * @param hints what is odd about the services behind the ports
     * @param manual the way by hand, where ajar could not help
     */
    public record Aside(List<String> warnings, List<String> hints, Optional<ManualHint> manual) {
        public Aside {
            warnings = List.copyOf(warnings);
            hints = List.copyOf(hints);
        }
    }

    /** An error before any command could run. */
    public static String usage(String command, String message) {
        Map<String, Object> document = JsonMembers.document(command, ExitCode.USAGE);
        List<String> advice = List.of("See the examples: ajar " + command + " --help");
        document.put("error", JsonMembers.error(ErrorCode.USAGE, message, Optional.empty(), Optional.empty(), advice));
        return JsonMembers.write(document);
    }

    public static String bug(String command, String message) {
        Map<String, Object> document = JsonMembers.document(command, ExitCode.BUG);
        List<String> advice = List.of("Please report it with what you ran; ajar -v shows where it happened.");
        document.put("error", JsonMembers.error(ErrorCode.BUG, message, Optional.empty(), Optional.empty(), advice));
        return JsonMembers.write(document);
    }

    public static String failed(String command, Failure failure) {
        Map<String, Object> document = JsonMembers.document(command, ExitCode.of(failure));
        document.put("error", JsonMembers.error(failure));
        return JsonMembers.write(document);
    }

    /**
     * @param keeper who renews it, if anybody does
     * @param aside what else is to be said
     */
    public static String open(OpenReport report, ExitCode exitCode, Optional<String> keeper, Aside aside) {
        Map<String, Object> document = JsonMembers.document("open", exitCode);
        document.put("gateway", JsonMembers.gateway(report.gateway()));
        document.put("external_address", JsonMembers.address(report.externalAddress()));
        document.put("reachability", report.reachability().key());
        document.put("kept_by", keeper);
        document.put(
                "mappings", report.outcomes().stream().map(JsonReports::outcome).toList());
        document.put("ipv6_error", JsonMembers.error(report.ipv6()));
        document.put("upstream", report.beyond().stream().map(JsonReports::hop).toList());
        document.put("warnings", aside.warnings());
        document.put("hints", aside.hints());
        document.put("manual", aside.manual().map(ManualHint::json));
        document.put("error", JsonMembers.error(OpenSummary.overallFailure(report)));
        return JsonMembers.write(document);
    }

    /** A router in front of the first one. */
    private static Map<String, Object> hop(OpenReport hop) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gateway", JsonMembers.gateway(hop.gateway()));
        json.put("external_address", JsonMembers.address(hop.externalAddress()));
        json.put("reachability", hop.reachability().key());
        json.put("mappings", hop.outcomes().stream().map(JsonReports::outcome).toList());
        json.put("error", JsonMembers.error(OpenSummary.overallFailure(hop)));
        return json;
    }

    /** Rules that somebody made on the router's page. */
    public static String byHand(List<ManualRule> rules, List<String> hints) {
        Map<String, Object> document = JsonMembers.document("open", ExitCode.DONE);
        document.put("gateway", Optional.empty());
        document.put("external_address", Optional.empty());
        document.put("reachability", Reachability.UNKNOWN.key());
        document.put("kept_by", Optional.empty());
        document.put("mappings", rules.stream().map(JsonReports::manualRules).toList());
        document.put("ipv6_error", Optional.empty());
        document.put("upstream", List.of());
        document.put("warnings", List.of());
        document.put("hints", hints);
        document.put("manual", Optional.empty());
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }

    private static Map<String, Object> manualRules(ManualRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", rule.protocol().label());
        json.put("family", IpVersion.IPV4.key());
        json.put("external_port", rule.externalPort().number());
        json.put("internal_address", Addresses.text(rule.internal().address()));
        json.put("internal_port", rule.internal().port().number());
        json.put("from", Optional.empty());
        json.put("method", "manual");
        json.put("gateway", Optional.empty());
        json.put("external_address", Optional.empty());
        json.put("lease_seconds", Optional.empty());
        json.put("permanent", true);
        json.put("expires_at", Optional.empty());
        json.put("verified", false);
        json.put("status", "noted");
        json.put("error", Optional.empty());
        return json;
    }

    private static Map<String, Object> outcome(OpenReport.PortOutcome outcome) {
        Mapping mapping = outcome.mapping();
        Endpoint internal = mapping.target().seenFrom(outcome.gateway().localAddress());
        return switch (outcome.result()) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) -> lease(lease, "open");
            case Result.Ok<Grant>(Grant.AlreadyThere(ObservedMapping entry)) -> {
                Map<String, Object> json = mapping(mapping, internal, outcome);
                JsonMembers.lease(json, entry.lease().orElse(mapping.lease()));
                json.put("expires_at", Optional.empty());
                json.put("verified", true);
                json.put("status", "already_open");
                json.put("error", Optional.empty());
                yield json;
            }
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> {
                Map<String, Object> json = mapping(mapping, internal, outcome);
                json.put("lease_seconds", Optional.empty());
                json.put("permanent", true);
                json.put("expires_at", Optional.empty());
                json.put("verified", false);
                json.put("status", "nothing_to_open");
                json.put("error", Optional.empty());
                yield json;
            }
            case Result.Err<Grant>(Failure failure) -> {
                Map<String, Object> json = mapping(mapping, internal, outcome);
                json.put("lease_seconds", Optional.empty());
                json.put("permanent", false);
                json.put("expires_at", Optional.empty());
                json.put("verified", false);
                json.put("status", "failed");
                json.put("error", JsonMembers.error(failure));
                yield json;
            }
        };
    }

    private static Map<String, Object> mapping(Mapping mapping, Endpoint internal, OpenReport.PortOutcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", mapping.protocol().label());
        boolean translated = outcome.ipVersion() == IpVersion.IPV4;
        Port external = translated ? mapping.externalPort() : internal.port();
        json.put("family", outcome.ipVersion().key());
        json.put("external_port", external.number());
        json.put("internal_address", Addresses.text(internal.address()));
        json.put("internal_port", internal.port().number());
        json.put("from", mapping.remote().map(Subnet::text));
        json.put("method", outcome.gateway().method().key());
        json.put("gateway", Addresses.text(outcome.gateway().id().address()));
        json.put("external_address", Optional.empty());
        return json;
    }

    private static Map<String, Object> lease(Lease lease, String status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", lease.protocol().label());
        json.put("family", lease.claim().ipVersion().key());
        json.put("external_port", lease.externalPort().number());
        json.put("internal_address", Addresses.text(lease.internal().address()));
        json.put("internal_port", lease.internal().port().number());
        json.put("from", lease.claim().mapping().remote().map(Subnet::text));
        json.put("method", lease.claim().gateway().method().key());
        json.put("gateway", Addresses.text(lease.claim().gateway().address()));
        json.put("external_address", lease.externalAddress().map(Addresses::text));
        JsonMembers.lease(json, lease.granted());
        json.put("expires_at", lease.expiresAt().map(Instant::toString));
        json.put("verified", lease.verified());
        json.put("status", status);
        json.put("error", Optional.empty());
        return json;
    }

    public static String close(CloseReport report, ExitCode exitCode) {
        Map<String, Object> document = JsonMembers.document("close", exitCode);
        document.put(
                "mappings", report.outcomes().stream().map(JsonReports::closed).toList());
        Optional<Failure> failure = report.failure().or(() -> CloseText.onlyFailure(report));
        document.put("error", JsonMembers.error(failure));
        return JsonMembers.write(document);
    }

    private static Map<String, Object> closed(CloseReport.CloseOutcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", outcome.wanted().protocol().label());
        json.put("external_port", outcome.wanted().externalPort().number());
        switch (outcome) {
            case CloseReport.CloseOutcome.Closed ignored -> json.put("status", "closed");
            case CloseReport.CloseOutcome.WasNotOpen not -> {
                json.put("status", "not_open");
                json.put("remark", not.remark());
            }
            case CloseReport.CloseOutcome.Failed failed -> json.put("status", "failed");
        }
        json.put("error", JsonMembers.error(CloseText.failure(outcome)));
        return json;
    }

    public static String list(ListReport report, ExitCode exitCode) {
        Map<String, Object> document = JsonMembers.document("list", exitCode);
        document.put("gateway", JsonMembers.gateway(report.gateway()));
        List<Object> mappings = new ArrayList<>();
        report.entries().forEach(entry -> mappings.add(entry(entry)));
        report.mappingRecords().forEach(mappingRecord -> mappings.add(mappingRecord(mappingRecord)));
        document.put("complete", report.blind().isEmpty());
        document.put("mappings", mappings);
        document.put("error", JsonMembers.error(report.failure()));
        return JsonMembers.write(document);
    }

    private static Map<String, Object> entry(ListReport.ListedMapping entry) {
        ObservedMapping mapping = entry.mapping();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", mapping.protocol().label());
        json.put("external_port", mapping.externalPort().number());
        json.put("internal_address", mapping.internalClient().display());
        json.put("internal_port", mapping.internalPort().number());
        json.put("remote_host", mapping.isForAnySource() ? Optional.empty() : JsonMembers.text(mapping.remoteHost()));
        json.put("description", mapping.description().display());
        json.put("enabled", mapping.enabled());
        json.put("lease_seconds", mapping.lease().map(LeaseDuration::seconds).filter(s -> s > 0));
        json.put(
                "permanent",
                mapping.lease()
                        .filter(LeaseDuration.Permanent.class::isInstance)
                        .isPresent());
        json.put("mine", entry.mine());
        json.put("seen", true);
        return json;
    }

    private static Map<String, Object> mappingRecord(MappingRecord mappingRecord) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", mappingRecord.protocol().label());
        json.put("external_port", mappingRecord.externalPort().number());
        json.put(
                "internal_address",
                Addresses.text(mappingRecord.claim().internal().address()));
        json.put("internal_port", mappingRecord.claim().internal().port().number());
        json.put("remote_host", mappingRecord.claim().mapping().remote().map(Subnet::text));
        json.put("description", mappingRecord.claim().mapping().description());
        json.put("enabled", true);
        JsonMembers.lease(
                json,
                mappingRecord
                        .lease()
                        .map(Lease::granted)
                        .orElse(mappingRecord.claim().mapping().lease()));
        json.put("mine", true);
        json.put("seen", false);
        return json;
    }

    /** @param keeper who renews what is open, if anybody does */
    public static String status(StatusReport report, ExitCode exitCode, Optional<String> keeper) {
        Map<String, Object> document = JsonMembers.document("status", exitCode);
        document.put("gateway", JsonMembers.gateway(report.gateway()));
        document.put("external_address", JsonMembers.address(report.externalAddress()));
        document.put("reachability", report.reachability().key());
        document.put("kept_by", keeper);
        document.put(
                "mappings",
                Stream.concat(
                                report.mappingRecords().stream().map(JsonReports::held),
                                report.manualRules().stream().map(JsonReports::manualRules))
                        .toList());
        document.put("error", JsonMembers.error(report.failure()));
        return JsonMembers.write(document);
    }

    /** @param changes what changed, for people */
    public static String renew(int open, List<String> changes, List<Failure> failures, ExitCode exitCode) {
        Map<String, Object> document = JsonMembers.document("renew", exitCode);
        document.put("open", open);
        document.put("changes", changes);
        document.put("error", JsonMembers.error(failures.stream().findFirst()));
        return JsonMembers.write(document);
    }

    public static String watch(List<WatchRow> rows, Optional<String> keeper, List<RelayReport> relays) {
        Map<String, Object> document = JsonMembers.document("watch", ExitCode.DONE);
        document.put("kept_by", keeper);
        document.put("mappings", rows.stream().map(JsonReports::row).toList());
        document.put("relays", RelayJson.list(relays));
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }

    private static Map<String, Object> row(WatchRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mapping", row.mapping());
        json.put("goes_to", row.goesTo());
        json.put("method", row.method());
        json.put("state", row.state());
        json.put("seconds_left", row.secondsLeft());
        json.put("last", row.last());
        return json;
    }

    private static Map<String, Object> held(MappingRecord mappingRecord) {
        return mappingRecord.lease().map(lease -> lease(lease, "open")).orElseGet(() -> {
            Map<String, Object> json = new LinkedHashMap<>();
            Target target = mappingRecord.claim().mapping().target();
            json.put("protocol", mappingRecord.protocol().label());
            json.put("family", mappingRecord.claim().ipVersion().key());
            json.put("from", mappingRecord.claim().mapping().remote().map(Subnet::text));
            json.put("external_port", mappingRecord.externalPort().number());
            json.put(
                    "internal_address",
                    Addresses.text(mappingRecord.claim().internal().address()));
            json.put("internal_port", target.port().number());
            json.put("method", mappingRecord.claim().gateway().method().key());
            json.put("gateway", Addresses.text(mappingRecord.claim().gateway().address()));
            json.put("external_address", Optional.empty());
            JsonMembers.lease(json, mappingRecord.claim().mapping().lease());
            json.put("expires_at", Optional.empty());
            json.put("verified", false);
            json.put("status", "unknown");
            json.put("error", Optional.empty());
            return json;
        });
    }

    public static String discover(DiscoverReport report, ExitCode exitCode) {
        Map<String, Object> document = JsonMembers.document("discover", exitCode);
        document.put(
                "gateways", report.gateways().stream().map(JsonMembers::gateway).toList());
        document.put("attempts", JsonMembers.attempts(report.attempts()));
        document.put("error", JsonMembers.error(report.failure()));
        return JsonMembers.write(document);
    }
}
