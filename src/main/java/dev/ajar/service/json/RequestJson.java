package dev.ajar.service.json;

import dev.ajar.document.CloseJson;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.SelectorJson;
import dev.ajar.document.ValueJson;
import dev.ajar.document.WantedJson;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.TransportProtocol;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.RelayPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests as members of the daemon's protocol ({@code docs/control.md}). Reading throws a {@link JsonException}. */
public final class RequestJson {
    /** No command lasts longer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Until the end of the longest lease. */
    private static final long LONGEST_STAY = 0xFFFF_FFFFL;

    private static final String STALE = "stale";

    private RequestJson() {}

    public static Map<String, Object> write(ServiceRequest.Open request) {
        return new JsonMembers()
                .with("mappings", wanted(request.mappings()))
                .with("gateway", SelectorJson.write(request.selection()))
                .with("everywhere", request.everywhere())
                .with(
                        "families",
                        request.ipVersions().stream()
                                .map(IpVersion::key)
                                .sorted()
                                .toList())
                .with("stay_seconds", request.stay().map(Duration::toSeconds))
                .with("timeout_ms", request.timeout().toMillis())
                .with(
                        "upstream",
                        request.upstream()
                                .map(consent -> new JsonMembers()
                                        .with("address", consent.named().map(Addresses::text))
                                        .map()))
                .map();
    }

    public static ServiceRequest.Open open(JsonObject json) {
        Set<IpVersion> ipVersions =
                json.texts("families").stream().map(SelectorJson::family).collect(Collectors.toSet());
        return new ServiceRequest.Open(
                mappings(json),
                selector(json),
                json.flag("everywhere"),
                ipVersions,
                json.optionalNumber("stay_seconds").map(seconds -> seconds(seconds, LONGEST_STAY)),
                timeout(json),
                json.object("upstream")
                        .map(consent -> new ServiceRequest.Upstream(ValueJson.optionalAddress(consent, "address"))));
    }

    private static List<Map<String, Object>> wanted(List<Mapping> mappings) {
        return mappings.stream().map(WantedJson::write).toList();
    }

    private static List<Mapping> mappings(JsonObject json) {
        List<Mapping> mappings =
                json.objects("mappings").stream().map(WantedJson::read).toList();
        if (mappings.isEmpty()) {
            throw new JsonException("it has no mappings");
        }
        return mappings;
    }

    public static Map<String, Object> write(ServiceRequest.ByHand request) {
        return new JsonMembers()
                .with("mappings", wanted(request.mappings()))
                .with("here", Addresses.text(request.here()))
                .map();
    }

    public static ServiceRequest.ByHand record(JsonObject json) {
        return new ServiceRequest.ByHand(mappings(json), ValueJson.address(json, "here"));
    }

    public static Map<String, Object> write(ServiceRequest.Close request) {
        return new JsonMembers()
                .with("ports", request.ports().stream().map(CloseJson::wanted).toList())
                .with("gateway", SelectorJson.write(request.selection()))
                .with("force", request.force())
                .with("timeout_ms", request.timeout().toMillis())
                .map();
    }

    public static ServiceRequest.Close close(JsonObject json) {
        return new ServiceRequest.Close(
                json.objects("ports").stream().map(CloseJson::wanted).toList(),
                selector(json),
                json.flag("force"),
                timeout(json));
    }

    public static Map<String, Object> write(ServiceRequest.Extend request) {
        return new JsonMembers()
                .with("ports", request.ports().stream().map(CloseJson::wanted).toList())
                .with("stay_seconds", request.stay().toSeconds())
                .with("lease_seconds", request.lease().seconds())
                .with("gateway", SelectorJson.write(request.selection()))
                .with("timeout_ms", request.timeout().toMillis())
                .map();
    }

    public static ServiceRequest.Extend extend(JsonObject json) {
        return new ServiceRequest.Extend(
                json.objects("ports").stream().map(CloseJson::wanted).toList(),
                seconds(json.number("stay_seconds"), LONGEST_STAY),
                ValueJson.lease(json).orElseThrow(() -> new JsonException("it has no lease")),
                selector(json),
                timeout(json));
    }

    /** A daemon of an older version sees a request to close no port. */
    public static Map<String, Object> write(ServiceRequest.CloseStale request) {
        return new JsonMembers()
                .with("ports", List.of())
                .with("gateway", SelectorJson.write(request.selection()))
                .with("force", false)
                .with(STALE, true)
                .with("timeout_ms", request.timeout().toMillis())
                .map();
    }

    public static boolean isStale(JsonObject json) {
        return json.has(STALE) && json.flag(STALE);
    }

    public static ServiceRequest.CloseStale closeStale(JsonObject json) {
        return new ServiceRequest.CloseStale(selector(json), timeout(json));
    }

    public static Map<String, Object> write(ServiceRequest.Look request) {
        return new JsonMembers()
                .with("gateway", SelectorJson.write(request.selection()))
                .with("check", request.fresh())
                .with("timeout_ms", request.timeout().toMillis())
                .map();
    }

    public static ServiceRequest.Look look(JsonObject json) {
        return new ServiceRequest.Look(selector(json), json.has("check") && json.flag("check"), timeout(json));
    }

    public static Map<String, Object> write(ServiceRequest.StopRelays request) {
        return new JsonMembers()
                .with("all", request.named().isEmpty())
                .with("ports", request.named().stream().map(RequestJson::relay).toList())
                .map();
    }

    private static Map<String, Object> relay(RelayPort port) {
        return new JsonMembers()
                .with("protocol", port.protocol().map(TransportProtocol::label))
                .with("external_port", port.external().number())
                .map();
    }

    /** Nothing is no way to say all. */
    public static ServiceRequest.StopRelays stopRelays(JsonObject json) {
        List<RelayPort> named =
                json.objects("ports").stream().map(RequestJson::relay).toList();
        if (json.flag("all") != named.isEmpty()) {
            throw new JsonException("it is for all relays, or for some");
        }
        return new ServiceRequest.StopRelays(named);
    }

    private static RelayPort relay(JsonObject json) {
        return new RelayPort(
                json.has("protocol") ? Optional.of(ValueJson.transport(json)) : Optional.empty(),
                ValueJson.port(json, "external_port"));
    }

    public static Map<String, Object> write(RenewalRequest request) {
        return new JsonMembers()
                .with("cron", request.cron())
                .with("every_seconds", request.every().map(Duration::toSeconds))
                .map();
    }

    public static RenewalRequest renewal(JsonObject json) {
        return new RenewalRequest(
                Optional.empty(),
                json.has("cron") && json.flag("cron"),
                json.optionalNumber("every_seconds").map(seconds -> seconds(seconds, LONGEST_STAY)));
    }

    private static GatewaySelector selector(JsonObject json) {
        return json.object("gateway").map(SelectorJson::read).orElse(GatewaySelector.AUTO);
    }

    private static Duration timeout(JsonObject json) {
        long millis = json.number("timeout_ms");
        if (millis < 1 || millis > LONGEST.toMillis()) {
            throw new JsonException("it has a time-out that is none");
        }
        return Duration.ofMillis(millis);
    }

    private static Duration seconds(long seconds, long most) {
        if (seconds < 1 || seconds > most) {
            throw new JsonException("it has a time that is none");
        }
        return Duration.ofSeconds(seconds);
    }
}
