package dev.ajar.gateway.admin.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Port forwards with a key in a header of its own, or a cookie and a token against forged requests, and an envelope
 * around each answer. Read in the source of clients: the paths, the members and their types, {@code meta.rc} in each
 * answer, 401 and 403 with it; that the login gives a cookie and a token, that any answer may bring a newer token, and
 * 499 for an account with a second factor. Stricter than they say: a change is not taken with an older token.
 */
public final class FakeKeyed extends FakeInterface {
    private static final String ROOT = "/proxy/network/api/s/default/rest/portforward";
    private static final Set<String> FIELDS =
            Set.of("name", "enabled", "pfwd_interface", "src", "dst_port", "fwd", "fwd_port", "proto", "log");

    private final Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    private final boolean sessions;
    private int next = 1;
    private int logins;
    private boolean open;
    private int token;
    private String locked = "";
    private boolean secondFactor;

    /** With a key in each request. */
    public FakeKeyed() {
        this(false);
    }

    /** @param sessions whether a user logs in, in place of the key */
    public FakeKeyed(boolean sessions) {
        this.sessions = sessions;
    }

    @Override
    boolean writes(Request request) {
        return !request.method().equals("GET") && request.path().startsWith(ROOT);
    }

    @Override
    public String make() {
        return "unifi";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (sessions && request.path().equals("/api/auth/login")) {
            return login(request.json());
        }
        boolean letIn = sessions
                ? open
                        && request.header("Cookie")
                                .filter(("TOKEN=session" + logins)::equals)
                                .isPresent()
                : request.header("X-API-KEY").filter(PASSWORD::equals).isPresent();
        if (!letIn) {
            return refusal(401, "api.err.LoginRequired");
        }
        boolean reads = request.method().equals("GET");
        if (sessions
                && !reads
                && request.header("X-CSRF-Token")
                        .filter(("csrf" + token)::equals)
                        .isEmpty()) {
            return refusal(403, "api.err.InvalidCsrf");
        }
        if (sessions && request.path().equals("/api/auth/logout")) {
            open = false;
            return ok(List.of());
        }
        Reply reply = rules(request);
        return sessions ? renewed(reply, "X-Updated-CSRF-Token") : reply;
    }

    private Reply login(JsonNode given) {
        demand(given.path("remember").isBoolean(), "remember");
        if (!locked.isEmpty()) {
            return new Reply(429, "{\"code\":\"AUTHENTICATION_FAILED_LIMIT_REACHED\"}", Map.of("Retry-After", locked));
        }
        if (secondFactor) {
            return Reply.status(499, Map.of("code", "MFA_AUTH_REQUIRED"));
        }
        boolean right = given.path("username").asString().equals("owner")
                && given.path("password").asString().equals(PASSWORD);
        if (!right) {
            return Reply.status(401, Map.of("code", "AUTHENTICATION_FAILED_INVALID_CREDENTIALS"));
        }
        open = true;
        logins++;
        Reply renewed = renewed(Reply.json(Map.of("username", "owner")), "X-CSRF-Token");
        Map<String, String> headers = new LinkedHashMap<>(renewed.headers());
        headers.put("Set-Cookie", "TOKEN=session" + logins + "; path=/; samesite=strict; secure; httponly");
        return new Reply(200, renewed.body(), headers);
    }

    private Reply renewed(Reply reply, String name) {
        token++;
        Map<String, String> headers = new LinkedHashMap<>(reply.headers());
        headers.put(name, "csrf" + token);
        return new Reply(reply.status(), reply.body(), headers);
    }

    /** It takes no logins for so many seconds. */
    public synchronized void locks(String seconds) {
        locked = seconds;
    }

    /** The account has a second factor. */
    public synchronized void wantsSecondFactor() {
        secondFactor = true;
    }

    @Override
    public synchronized void endSession() {
        open = false;
    }

    private Reply rules(Request request) {
        demand(request.header("Authorization").isEmpty(), "Basic beside a key");
        if (request.path().equals("/proxy/network/api/s/default/stat/sta")) {
            demand(request.method().equals("GET"), "method");
            return ok(devices().stream()
                    .map(device -> Map.of("ip", device.address(), "mac", device.card(), "hostname", device.name()))
                    .toList());
        }
        demand(request.path().startsWith(ROOT), "path");
        if (fault() == Fault.NO_RIGHT && !request.method().equals("GET")) {
            return refusal(403, "api.err.NoPermission");
        }
        return switch (request.method()) {
            case "GET" -> list();
            case "POST" -> add(request.json());
            case "DELETE" -> delete(request.path().substring(ROOT.length()));
            default -> refusal(400, "api.err.Invalid");
        };
    }

    private static Reply refusal(int status, String message) {
        return Reply.status(status, Map.of("meta", Map.of("rc", "error", "msg", message), "data", List.of()));
    }

    private static Reply ok(List<?> data) {
        return Reply.json(Map.of("meta", Map.of("rc", "ok"), "data", data));
    }

    private Reply list() {
        Reply whole = ok(List.copyOf(rows.values()));
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply add(JsonNode given) {
        given.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
        demand(given.path("enabled").isBoolean() && given.path("dst_port").isString(), "types");
        if (given.path("dst_port").asString().equals("" + served())) {
            return refusal(400, "api.err.PortForwardOverlaps");
        }
        Map<String, Object> row = new LinkedHashMap<>();
        given.properties()
                .forEach(field -> row.put(
                        field.getKey(),
                        field.getValue().isBoolean()
                                ? field.getValue().asBoolean()
                                : field.getValue().asString()));
        String id = String.format("%024x", next++);
        row.put("_id", id);
        if (fault() != Fault.IGNORES_WRITES) {
            rows.put(id, row);
        }
        return ok(List.of(row));
    }

    private Reply delete(String path) {
        demand(path.length() > 1, "a delete without an id");
        if (fault() != Fault.IGNORES_WRITES && rows.remove(path.substring(1)) == null) {
            return refusal(400, "api.err.IdInvalid");
        }
        return ok(List.of());
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.values().stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("name")),
                        String.valueOf(row.get("proto")),
                        Integer.parseInt(String.valueOf(row.get("dst_port"))),
                        String.valueOf(row.get("fwd")),
                        Integer.parseInt(String.valueOf(row.get("fwd_port")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        String id = String.format("%024x", next++);
        rows.put(
                id,
                new LinkedHashMap<>(Map.of(
                        "_id",
                        id,
                        "name",
                        rule.name(),
                        "enabled",
                        true,
                        "pfwd_interface",
                        "wan",
                        "src",
                        "any",
                        "dst_port",
                        "" + rule.external(),
                        "fwd",
                        rule.client(),
                        "fwd_port",
                        "" + rule.internal(),
                        "proto",
                        rule.protocol())));
    }

    @Override
    public synchronized int openSessions() {
        return open ? 1 : 0;
    }
}
