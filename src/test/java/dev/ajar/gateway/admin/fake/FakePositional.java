package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Port forwards whose ids are their positions, behind an envelope. Read in the package's source: the paths, the
 * envelope, that a change takes effect after {@code apply}, and that {@code applied} turns true later and is false
 * while anything saved is not in effect.
 */
public final class FakePositional extends FakeInterface {
    private static final String ROOT = "/api/v2/firewall/";
    private static final Set<String> FIELDS = Set.of(
            "interface",
            "ipprotocol",
            "protocol",
            "source",
            "destination",
            "destination_port",
            "target",
            "local_port",
            "descr",
            "associated_rule_id");

    private final List<Map<String, Object>> saved = new ArrayList<>();
    private final List<Map<String, Object>> active = new ArrayList<>();
    private Optional<Runnable> afterReading = Optional.empty();
    private boolean applying;

    @Override
    boolean writes(Request request) {
        return request.path().equals(ROOT + "nat/port_forward");
    }

    @Override
    public String make() {
        return "pfsense";
    }

    @Override
    synchronized Reply answer(Request request) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (request.header("Authorization").filter(expected::equals).isEmpty()) {
            return answer(401, "AUTH_AUTHENTICATION_FAILED", Map.of());
        }
        boolean reads = request.method().equals("GET");
        if (!reads && fault() == Fault.NO_RIGHT) {
            return answer(403, "ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL", Map.of());
        }
        return switch (request.method() + " " + request.path()) {
            case "GET " + ROOT + "nat/port_forwards" -> list();
            case "POST " + ROOT + "nat/port_forward" -> add(request.json());
            case "DELETE " + ROOT + "nat/port_forward" -> delete(request.query());
            case "POST " + ROOT + "apply" -> apply();
            case "GET " + ROOT + "apply" -> applied();
            default -> throw new IllegalArgumentException("path");
        };
    }

    private static Reply answer(int code, String id, Object data) {
        return Reply.status(
                code,
                Map.of(
                        "code",
                        code,
                        "status",
                        code == 200 ? "ok" : "error",
                        "response_id",
                        id,
                        "message",
                        "",
                        "data",
                        data));
    }

    /** Does something, once, after the next list was answered. */
    public synchronized void afterReading(Runnable change) {
        afterReading = Optional.of(change);
    }

    private Reply list() {
        Reply answer = listed();
        Optional<Runnable> change = afterReading;
        afterReading = Optional.empty();
        change.ifPresent(Runnable::run);
        return answer;
    }

    private Reply listed() {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>(saved.get(i));
            row.put("id", i);
            shown.add(row);
        }
        Reply whole = answer(200, "SUCCESS", shown);
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply add(JsonNode given) {
        Map<String, Object> row = new LinkedHashMap<>();
        given.properties().forEach(field -> {
            demand(FIELDS.contains(field.getKey()), field.getKey());
            row.put(field.getKey(), field.getValue().asString());
        });
        demand(row.keySet().containsAll(FIELDS), "a member is missing");
        row.put("disabled", false);
        if (fault() != Fault.IGNORES_WRITES) {
            saved.add(row);
        }
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.put("id", saved.size() - 1);
        return answer(200, "SUCCESS", shown);
    }

    private Reply delete(String query) {
        demand(query.matches("id=\\d+"), "a delete without an id");
        int index = Integer.parseInt(query.substring("id=".length()));
        if (index >= saved.size()) {
            return answer(404, "OBJECT_NOT_FOUND", Map.of());
        }
        if (fault() != Fault.IGNORES_WRITES) {
            saved.remove(index);
        }
        return answer(200, "SUCCESS", Map.of());
    }

    private Reply apply() {
        if (fault() == Fault.APPLY_FAILS) {
            return answer(500, "APPLY_FAILED", Map.of());
        }
        applying = true;
        return answer(200, "SUCCESS", Map.of("applied", false));
    }

    /** Not at once: the first look says no. */
    private Reply applied() {
        boolean now = !applying && saved.equals(active);
        if (applying) {
            active.clear();
            active.addAll(saved);
        }
        applying = false;
        return answer(200, "SUCCESS", Map.of("applied", now));
    }

    /** Its owner saves a rule on its page, and has not applied it yet. */
    public synchronized void saves(Rule rule) {
        saved.add(row(rule));
    }

    @Override
    public synchronized List<Rule> rules() {
        return active.stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("descr")),
                        String.valueOf(row.get("protocol")),
                        Integer.parseInt(String.valueOf(row.get("destination_port"))),
                        String.valueOf(row.get("target")),
                        Integer.parseInt(String.valueOf(row.get("local_port")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        Map<String, Object> row = row(rule);
        saved.add(row);
        active.add(row);
    }

    private static Map<String, Object> row(Rule rule) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("descr", rule.name());
        row.put("protocol", rule.protocol());
        row.put("source", "any");
        row.put("destination_port", Integer.toString(rule.external()));
        row.put("target", rule.client());
        row.put("local_port", Integer.toString(rule.internal()));
        row.put("disabled", false);
        return row;
    }

    /** The owner removes the first rule. */
    public synchronized void removeFirst() {
        saved.removeFirst();
        active.clear();
        active.addAll(saved);
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
