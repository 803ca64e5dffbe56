package dev.ajar.relay;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON between a controller and its relay process: rules one way, status the other. Both are of one version. */
public final class RuleJson {
    private RuleJson() {}

    public static Map<String, Object> of(RelayRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", rule.protocol().name());
        json.put("external", rule.external().number());
        json.put("listen", rule.listen().number());
        json.put("device", rule.device().address().getHostAddress());
        json.put("port", rule.device().port().number());
        json.put("allow", rule.allow().stream().map(Subnet::toString).toList());
        json.put("proxy", rule.proxy().map(Enum::name));
        RelayLimits limits = rule.limits();
        json.put("max_connections", limits.maxConnections());
        json.put("per_source", limits.perSource());
        json.put("rate", limits.rate());
        json.put("idle", limits.idle().toMillis());
        json.put("unanswered", limits.unanswered().toMillis());
        json.put("connect", limits.connect().toMillis());
        json.put("fin", limits.fin().toMillis());
        json.put("stall", limits.stall().toMillis());
        return json;
    }

    /** @throws JsonException if {@code json} is not a rule */
    public static RelayRule rule(JsonObject json) {
        try {
            return new RelayRule(
                    protocol(json),
                    port(json, "external"),
                    port(json, "listen"),
                    device(json),
                    json.texts("allow").stream().map(RuleJson::subnet).toList(),
                    limits(json),
                    json.optionalText("proxy").map(RelayRule.ProxyHeader::valueOf));
        } catch (IllegalArgumentException e) {
            throw new JsonException("no such rule: " + e.getMessage());
        }
    }

    public static Map<String, Object> of(RelayOrders orders) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_by", orders.runBy().key());
        json.put("rules", orders.rules().stream().map(RuleJson::of).toList());
        json.put("stopped", keys(orders.stopped()));
        return json;
    }

    /** @throws JsonException if {@code json} is not what a controller tells */
    public static RelayOrders orders(JsonObject json) {
        return new RelayOrders(
                runBy(json).orElse(RelayReport.RunBy.COMMAND),
                json.objects("rules").stream().map(RuleJson::rule).toList(),
                json.has("stopped") ? Set.copyOf(keys(json, "stopped")) : Set.of());
    }

    /** What runs the relay; empty where an older one does not tell it. */
    public static Optional<RelayReport.RunBy> runBy(JsonObject json) {
        return json.optionalText("run_by").flatMap(RelayReport.RunBy::of);
    }

    public static List<Map<String, Object>> keys(Collection<RuleKey> keys) {
        return keys.stream()
                .map(key -> Map.<String, Object>of(
                        "protocol",
                        key.protocol().name(),
                        "external",
                        key.port().number()))
                .toList();
    }

    /** @throws JsonException if the member is not a list of keys */
    public static List<RuleKey> keys(JsonObject json, String member) {
        return json.objects(member).stream().map(RuleJson::key).toList();
    }

    private static RuleKey key(JsonObject json) {
        return new RuleKey(protocol(json), port(json, "external"));
    }

    private static RelayLimits limits(JsonObject json) {
        return new RelayLimits(
                Math.toIntExact(json.number("max_connections")),
                Math.toIntExact(json.number("per_source")),
                Math.toIntExact(json.number("rate")),
                millis(json, "idle"),
                millis(json, "unanswered"),
                millis(json, "connect"),
                millis(json, "fin"),
                millis(json, "stall"));
    }

    private static Duration millis(JsonObject json, String name) {
        return Duration.ofMillis(json.number(name));
    }

    private static Port port(JsonObject json, String name) {
        return new Port(Math.toIntExact(json.number(name)));
    }

    private static TransportProtocol protocol(JsonObject json) {
        String name = json.text("protocol");
        for (TransportProtocol protocol : TransportProtocol.values()) {
            if (protocol.name().equals(name)) {
                return protocol;
            }
        }
        throw new JsonException("no such transport protocol: " + name);
    }

    private static Endpoint device(JsonObject json) {
        return new Endpoint(address(json.text("device")), port(json, "port"));
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow(() -> new JsonException("not an address: " + text));
    }

    private static Subnet subnet(String text) {
        return Subnet.parse(text).orElseThrow(() -> new JsonException("not a subnet: " + text));
    }

    /** A status with its rule and its device as values, beside the members of {@link RuleStatus#toJson}. */
    public static Map<String, Object> of(RuleStatus status) {
        Map<String, Object> json = status.toJson();
        json.put("protocol", status.rule().protocol().name());
        json.put("external", status.rule().port().number());
        json.put("device", status.device().address().getHostAddress());
        json.put("port", status.device().port().number());
        return json;
    }

    /** @throws JsonException if {@code json} is not a status */
    public static RuleStatus status(JsonObject json) {
        Map<Refusal, Long> refused = new LinkedHashMap<>();
        Optional<JsonObject> counts = json.object("refused");
        for (Refusal refusal : Refusal.values()) {
            counts.flatMap(reasons -> reasons.optionalNumber(refusal.code()))
                    .ifPresent(count -> refused.put(refusal, count));
        }
        return new RuleStatus(
                key(json),
                device(json),
                json.object("trouble").map(RuleJson::trouble),
                Math.toIntExact(json.number("connections")),
                Math.toIntExact(json.number("peak")),
                json.number("total"),
                json.number("bytes_in"),
                json.number("bytes_out"),
                refused,
                json.has("clients")
                        ? json.objects("clients").stream().map(RuleJson::client).toList()
                        : List.of());
    }

    private static ClientCount client(JsonObject json) {
        return new ClientCount(
                new RouterText(json.text("source")).display(), Math.toIntExact(json.number("connections")));
    }

    private static RuleProblem trouble(JsonObject json) {
        String code = json.text("code");
        for (RuleProblem.ProblemKind kind : RuleProblem.ProblemKind.values()) {
            if (kind == RuleProblem.ProblemKind.STOPPED && kind.code().equals(code)) {
                return RuleProblem.stopped();
            }
            if (kind.code().equals(code)) {
                return new RuleProblem(kind, Message.verbatim(json.text("message")));
            }
        }
        throw new JsonException("no such rule problem: " + code);
    }

    /** @throws JsonException if {@code json} is not a list of statuses */
    public static List<RuleStatus> statuses(JsonObject json) {
        return json.objects("rules").stream().map(RuleJson::status).toList();
    }
}
