package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Keenetic's RCI. Facts, read in notes and clients: a challenge with a cookie, which the login makes valid; one rule
 * comes without its list; a misspelt field is ignored without an error (here it is refused); errors stand inside of
 * HTTP 200; what is not saved is gone at the next start.
 */
public final class FakeChallengeCookie extends FakeInterface {
    private static final String REALM = "Keenetic Test";
    private static final Set<String> FIELDS =
            Set.of("interface", "protocol", "port", "end-port", "to-address", "to-host", "to-port", "comment", "no");

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private List<Map<String, Object>> saved = new ArrayList<>();
    private String challenge = "";
    private boolean open;
    private boolean unprotected;
    private boolean full;
    private int next = 1;

    @Override
    boolean writes(Request request) {
        return request.method().equals("POST") && request.body().contains("\"static\"");
    }

    @Override
    public String make() {
        return "keenetic";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (request.path().equals("/auth")) {
            return request.method().equals("GET") ? ask(request) : login(request);
        }
        demand(request.path().startsWith("/rci/"), "path");
        if (!open || !isCookie(request)) {
            return new Reply(401, "", Map.of());
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /rci/show/interface" ->
                Reply.json(Map.of(
                        "Bridge0", Map.of("type", "Bridge", "defaultgw", false),
                        "GigabitEthernet1", Map.of("type", "GigabitEthernet", "defaultgw", true)));
            case "GET /rci/ip/static" -> list();
            case "POST /rci/" -> command(request.json());
            default -> new Reply(404, "", Map.of());
        };
    }

    private static boolean isCookie(Request request) {
        return request.header("Cookie").filter("KEFGHI=session"::equals).isPresent();
    }

    private Reply ask(Request request) {
        if (unprotected || (open && isCookie(request))) {
            return new Reply(200, "", Map.of("X-NDM-Product", "KN-1010"));
        }
        challenge = "CHALLENGE" + next++;
        return new Reply(
                401,
                "",
                Map.of(
                        "X-NDM-Realm",
                        REALM,
                        "X-NDM-Challenge",
                        challenge,
                        "X-NDM-Product",
                        "KN-1010",
                        "Set-Cookie",
                        "KEFGHI=session; Max-Age=300"));
    }

    private Reply login(Request request) {
        demand(!challenge.isEmpty() && isCookie(request), "order");
        String who = hash("MD5", "admin:" + REALM + ":" + PASSWORD);
        open = request.json().path("login").asString().equals("admin")
                && request.json().path("password").asString().equals(hash("SHA-256", challenge + who));
        challenge = "";
        return new Reply(open ? 200 : 401, "", Map.of());
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply list() {
        Reply whole = Reply.json(rows.isEmpty() ? Map.of() : rows.size() == 1 ? rows.getFirst() : rows);
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply command(JsonNode given) {
        if (given.path("system").path("configuration").has("save")) {
            if (!full) {
                saved = new ArrayList<>(rows);
            }
            Map<String, Object> told = full ? status("error", "no space left") : status("message", "saved");
            return Reply.json(Map.of("system", Map.of("configuration", Map.of("save", told))));
        }
        JsonNode row = given.path("ip").path("static");
        demand(row.isObject() && row.has("protocol"), "a rule without its fields");
        row.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
        if (fault() == Fault.NO_RIGHT) {
            return Reply.json(Map.of("ip", Map.of("static", status("error", "execute denied [http/rci]"))));
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        row.properties()
                .forEach(field -> wanted.put(field.getKey(), field.getValue().asString()));
        boolean removes = wanted.remove("no") != null;
        if (fault() != Fault.IGNORES_WRITES) {
            boolean found = rows.removeIf(there -> there.equals(wanted));
            if (removes && !found) {
                return Reply.json(Map.of("ip", Map.of("static", status("error", "no such rule"))));
            }
            if (!removes) {
                rows.add(wanted);
            }
        }
        return Reply.json(Map.of("ip", Map.of("static", status("message", "done"))));
    }

    private static Map<String, Object> status(String kind, String message) {
        return Map.of("status", List.of(Map.of("status", kind, "code", "1", "message", message)));
    }

    /** Its owner has set no password. */
    public synchronized void hasNoPassword() {
        unprotected = true;
    }

    /** Whether its configuration cannot be saved; what is in effect changes all the same. */
    public synchronized void isFull(boolean now) {
        full = now;
    }

    /** The router starts anew. */
    @Override
    public synchronized void restart() {
        rows.clear();
        rows.addAll(saved);
        open = false;
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("comment")),
                        String.valueOf(row.get("protocol")),
                        Integer.parseInt(String.valueOf(row.get("port"))),
                        String.valueOf(row.get("to-address")),
                        Integer.parseInt(String.valueOf(row.get("to-port")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("interface", "GigabitEthernet1");
        row.put("protocol", rule.protocol());
        row.put("port", "" + rule.external());
        row.put("to-address", rule.client());
        row.put("to-port", "" + rule.internal());
        row.put("comment", rule.name());
        rows.add(row);
        saved.add(row);
    }

    /** Sessions end by themselves after five minutes. */
    @Override
    public synchronized void endSession() {
        open = false;
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
