package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Rules that are saved and then applied. Observed on the real code: the flattened members, the results, that a bad
 * value is refused with 200, that a change by GET fails, and that a rule works only after {@code apply}. Read in
 * DNatController and PortField: that rules of its own and of every interface are in the same list, flagged by
 * {@code true}, and that ports may have names.
 */
public final class FakeApplied extends FakeInterface {
    private static final String ROOT = "/api/firewall/d_nat/";
    private static final Set<String> FIELDS = Set.of(
            "interface", "ipprotocol", "protocol", "source", "destination", "target", "local-port", "descr", "pass");

    private final Map<String, Map<String, String>> saved = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> active = new LinkedHashMap<>();
    private Runnable betweenPages = () -> {};

    @Override
    boolean writes(Request request) {
        return request.path().endsWith("add_rule") || request.path().contains("del_rule");
    }

    @Override
    public String make() {
        return "opnsense";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (request.path().equals("/api/core/system/status")) {
            // PHP makes any answer with a location a redirect, also the 401 that the code sets.
            return new Reply(302, "", Map.of("Location", "/?url=/api/core/system/status"));
        }
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("key:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (request.header("Authorization").filter(expected::equals).isEmpty()) {
            return Reply.status(401, Map.of("status", 401, "message", "Authentication Failed"));
        }
        demand(request.path().startsWith(ROOT), "path");
        String operation = request.path().substring(ROOT.length());
        if (operation.equals("search_rule")) {
            return list(request);
        }
        if (fault() == Fault.NO_RIGHT) {
            return Reply.status(403, Map.of("status", 403, "message", "Forbidden"));
        }
        demand(request.method().equals("POST"), "a change by GET");
        demand(request.header("Content-Type").filter("application/json"::equals).isPresent(), "content type");
        if (operation.equals("apply")) {
            return apply();
        }
        return operation.equals("add_rule") ? add(request.json().path("rule")) : delete(operation);
    }

    /** Rows that take nothing that comes from the internet by IPv4, each with the port of the tests. */
    private static List<Map<String, Object>> elsewhere() {
        return List.of(
                Map.of(
                        "uuid",
                        "automatic_core_1",
                        "is_automatic",
                        true,
                        "nordr",
                        "0",
                        "interface",
                        "wan",
                        "protocol",
                        "tcp",
                        "destination.port",
                        "25565",
                        "target",
                        "127.0.0.1",
                        "ref",
                        "ui/core"),
                Map.of(
                        "uuid",
                        "automatic_core_2",
                        "is_automatic",
                        true,
                        "nordr",
                        "1",
                        "interface",
                        "lan",
                        "protocol",
                        "tcp",
                        "destination.port",
                        "443 80 22"),
                Map.of(
                        "uuid",
                        "11111111-1111-4111-8111-111111111111",
                        "nordr",
                        "0",
                        "interface",
                        "lan,opt2",
                        "protocol",
                        "tcp/udp",
                        "destination.port",
                        "25565",
                        "target",
                        "192.168.1.53",
                        "descr",
                        "inside"),
                Map.of(
                        "uuid",
                        "22222222-2222-4222-8222-222222222222",
                        "nordr",
                        "0",
                        "interface",
                        "wan",
                        "protocol",
                        "tcp",
                        "ipprotocol",
                        "inet6",
                        "destination.port",
                        "25565",
                        "target",
                        "2001:db8::9"));
    }

    /** The numbers of the page count in the body alone; without them all rows come. */
    private Reply list(Request request) {
        JsonNode asked = request.method().equals("POST") ? request.json() : JSON.createObjectNode();
        int size = Integer.parseInt(asked.path("rowCount").asString("9999"));
        int from = (Integer.parseInt(asked.path("current").asString("1")) - 1) * size;
        List<Map<String, ?>> rows = new ArrayList<>(elsewhere());
        rows.addAll(saved.values());
        List<Map<String, ?>> page = rows.stream().skip(from).limit(size).toList();
        Reply whole = Reply.json(
                Map.of("total", rows.size(), "rowCount", page.size(), "current", from / size + 1, "rows", page));
        Runnable change = betweenPages;
        betweenPages = () -> {};
        change.run();
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply apply() {
        if (fault() == Fault.APPLY_FAILS) {
            return Reply.json(Map.of("status", "error"));
        }
        active.clear();
        active.putAll(saved);
        return Reply.json(Map.of("status", "OK\n"));
    }

    private Reply add(JsonNode rule) {
        demand(rule.isObject() && !rule.isEmpty(), "no rule");
        demand(rule.path("pass").asString().equals("pass"), "a rule that lets nothing in");
        rule.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
        String port = rule.path("destination").path("port").asString();
        if (!rule.path("protocol").asString().matches("tcp|udp|tcp/udp") || port.isEmpty()) {
            return Reply.json(Map.of("result", "failed", "validations", Map.of("rule.protocol", "not in the list")));
        }
        String uuid = UUID.nameUUIDFromBytes((rule + "" + saved.size()).getBytes(StandardCharsets.UTF_8))
                .toString();
        Map<String, String> row = new LinkedHashMap<>();
        row.put("uuid", uuid);
        row.put("disabled", "0");
        row.put("nordr", "0");
        row.put("interface", rule.path("interface").asString());
        row.put("protocol", rule.path("protocol").asString());
        row.put("source.network", rule.path("source").path("network").asString(""));
        row.put("destination.network", rule.path("destination").path("network").asString());
        row.put("destination.port", port);
        row.put("target", rule.path("target").asString());
        row.put("local-port", rule.path("local-port").asString());
        row.put("descr", rule.path("descr").asString());
        if (fault() != Fault.IGNORES_WRITES) {
            saved.put(uuid, row);
        }
        return Reply.json(Map.of("result", "saved", "uuid", uuid));
    }

    private Reply delete(String operation) {
        demand(
                operation.startsWith("del_rule/") && operation.length() > "del_rule/".length(),
                "a delete without a key");
        String uuid = operation.substring("del_rule/".length());
        if (fault() == Fault.IGNORES_WRITES) {
            return Reply.json(Map.of("result", "deleted"));
        }
        return Reply.json(Map.of(
                "result",
                Optional.ofNullable(saved.remove(uuid)).map(row -> "deleted").orElse("not found")));
    }

    @Override
    public synchronized List<Rule> rules() {
        return active.values().stream()
                .map(row -> new Rule(
                        row.getOrDefault("descr", ""),
                        row.getOrDefault("protocol", ""),
                        Integer.parseInt(row.getOrDefault("destination.port", "0")),
                        row.getOrDefault("target", ""),
                        Integer.parseInt(row.getOrDefault("local-port", "0"))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        String uuid = UUID.nameUUIDFromBytes(rule.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        Map<String, String> row = Map.of(
                "uuid",
                uuid,
                "disabled",
                "0",
                "nordr",
                "0",
                "interface",
                "wan",
                "protocol",
                rule.protocol(),
                "destination.port",
                "" + rule.external(),
                "target",
                rule.client(),
                "local-port",
                "" + rule.internal(),
                "descr",
                rule.name());
        saved.put(uuid, row);
        active.put(uuid, row);
    }

    /** Does something, once, after the next page was answered. */
    public synchronized void betweenPages(Runnable change) {
        betweenPages = change;
    }

    /** The port of the rule with that name has this name, as its owner chose it. */
    public synchronized void namesPort(String rule, String port) {
        saved.replaceAll((uuid, row) -> {
            Map<String, String> other = new LinkedHashMap<>(row);
            if (rule.equals(row.get("descr"))) {
                other.put("destination.port", port);
            }
            return other;
        });
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
