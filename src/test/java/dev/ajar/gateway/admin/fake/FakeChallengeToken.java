package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * Rows behind a challenge and an application's token. Documented by the maker: the envelope, the paths, the answer to
 * the challenge, the header of the session, the permissions, that the list is missing when empty, and the press that
 * grants a token.
 */
public final class FakeChallengeToken extends FakeInterface {
    private static final String ROOT = "/api/v8/";
    private static final Set<String> FIELDS =
            Set.of("enabled", "comment", "ip_proto", "wan_port_start", "wan_port_end", "lan_ip", "lan_port", "src_ip");

    private final Map<Integer, Map<String, Object>> rows = new LinkedHashMap<>();
    private final List<String> pending = new ArrayList<>();
    private String challenge = "";
    private String session = "";
    private boolean permitted = true;
    private String ports = "0 65535";
    private int next = 1;

    @Override
    boolean writes(Request request) {
        return request.path().startsWith(ROOT + "fw/redir/")
                && !request.method().equals("GET");
    }

    @Override
    public String make() {
        return "freebox";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (request.path().equals("/api_version")) {
            return Reply.json(Map.of("api_version", "8.0", "device_type", "FreeboxServer7,1", "uid", "1"));
        }
        demand(request.path().startsWith(ROOT), "path");
        String operation = request.method() + " " + request.path().substring(ROOT.length());
        return switch (operation) {
            case "POST login/authorize/" -> authorize(request.json());
            case "GET login/authorize/42" ->
                ok(Map.of("status", pending.size() > 1 ? pending.removeFirst() : pending.getFirst()));
            case "GET login/", "GET login" -> challenge();
            case "POST login/session/" -> open(request.json());
            default -> inSession(operation, request);
        };
    }

    private static Reply ok(Object result) {
        return Reply.json(Map.of("success", true, "result", result));
    }

    private static Reply error(int status, String code) {
        return Reply.status(status, Map.of("success", false, "error_code", code, "msg", "?"));
    }

    private Reply authorize(JsonNode given) {
        for (String name : List.of("app_id", "app_name", "app_version", "device_name")) {
            demand(given.path(name).isString(), name);
        }
        return ok(Map.of("app_token", PASSWORD, "track_id", 42));
    }

    private Reply challenge() {
        challenge = "challenge-" + next++;
        return ok(Map.of("logged_in", false, "challenge", challenge));
    }

    private Reply open(JsonNode given) {
        demand(!challenge.isEmpty() && given.path("app_id").asString().equals("dev.ajar"), "order");
        String expected = hmac(PASSWORD, challenge);
        challenge = "";
        if (!given.path("password").asString().equals(expected)) {
            return error(403, "invalid_token");
        }
        session = "session/" + next++;
        return ok(Map.of(
                "session_token", session, "permissions", Map.of("settings", permitted && fault() != Fault.NO_RIGHT)));
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply inSession(String operation, Request request) {
        if (session.isEmpty()
                || request.header("X-Fbx-App-Auth").filter(session::equals).isEmpty()) {
            return error(403, "auth_required");
        }
        if (operation.equals("POST login/logout/")) {
            session = "";
            return Reply.json(Map.of("success", true));
        }
        if (operation.equals("GET connection/")) {
            String[] both = ports.split(" ", 2);
            return ok(Map.of(
                    "ipv4",
                    "203.0.113.7",
                    "ipv4_port_range",
                    List.of(Integer.parseInt(both[0]), Integer.parseInt(both[1]))));
        }
        return switch (operation) {
            case "GET upnpigd/config/" -> ok(Map.of("enabled", upnp().orElse(false), "version", 1));
            case "PUT upnpigd/config/" -> {
                demand(request.json().path("enabled").isBoolean(), "enabled");
                if (fault() != Fault.IGNORES_WRITES) {
                    hasUpnp(request.json().path("enabled").asBoolean());
                }
                yield ok(Map.of("enabled", request.json().path("enabled").asBoolean(), "version", 1));
            }
            case "GET fw/incoming/" ->
                ok(List.of(Map.of("id", "http", "enabled", served() > 0, "type", "tcp", "in_port", served())));
            case "GET fw/redir/" -> list();
            case "POST fw/redir/" -> add(request.json());
            default -> delete(operation);
        };
    }

    private Reply list() {
        if (rows.isEmpty()) {
            return Reply.json(Map.of("success", true));
        }
        Reply whole = ok(List.copyOf(rows.values()));
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply add(JsonNode given) {
        given.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
        demand(given.path("lan_port").isInt() && given.path("enabled").isBoolean(), "types");
        int id = next++;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        given.properties()
                .forEach(field -> row.put(
                        field.getKey(),
                        field.getValue().isInt()
                                ? (Object) field.getValue().asInt()
                                : field.getValue().asString()));
        if (fault() != Fault.IGNORES_WRITES) {
            rows.put(id, row);
        }
        return ok(row);
    }

    private Reply delete(String operation) {
        demand(operation.matches("DELETE fw/redir/\\d+"), "a delete without an id");
        int id = Integer.parseInt(operation.substring("DELETE fw/redir/".length()));
        if (!rows.containsKey(id)) {
            return error(404, "noent");
        }
        if (fault() != Fault.IGNORES_WRITES) {
            rows.remove(id);
        }
        return Reply.json(Map.of("success", true));
    }

    /** What the owner answers to the request for a token, look by look. */
    public synchronized void answers(List<String> statuses) {
        pending.clear();
        pending.addAll(statuses);
    }

    /** Whether the owner has granted the right to change settings. */
    public synchronized void permits(boolean settings) {
        permitted = settings;
    }

    /** The address is shared: only these ports lead here. */
    public synchronized void shares(int first, int last) {
        ports = first + " " + last;
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.values().stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("comment")),
                        String.valueOf(row.get("ip_proto")),
                        Integer.parseInt(String.valueOf(row.get("wan_port_start"))),
                        String.valueOf(row.get("lan_ip")),
                        Integer.parseInt(String.valueOf(row.get("lan_port")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        int id = next++;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("enabled", true);
        row.put("comment", rule.name());
        row.put("ip_proto", rule.protocol());
        row.put("wan_port_start", rule.external());
        row.put("wan_port_end", rule.external());
        row.put("lan_ip", rule.client());
        row.put("lan_port", rule.internal());
        row.put("src_ip", "0.0.0.0");
        rows.put(id, row);
    }

    @Override
    public synchronized void endSession() {
        session = "";
    }

    @Override
    public synchronized int openSessions() {
        return session.isEmpty() ? 0 : 1;
    }
}
