package dev.ajar.gateway.admin.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Orange's sysbus. Facts, read in the source of clients: one path; a login that gives the id of a context and a cookie
 * with a slash in its name; a map of rules by id, of which UPnP's are another; protocols as numbers; a rule of an id
 * that exists is replaced; a removal without an id removes all (here it is not understood); errors without the
 * beginning of their document, and 13 for a wrong password, an ended session and a missing right alike.
 */
public final class FakeContextRpc extends FakeInterface {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "origin",
            "sourceInterface",
            "description",
            "protocol",
            "externalPort",
            "internalPort",
            "destinationIPAddress",
            "sourcePrefix",
            "persistent",
            "enable",
            "destinationMACAddress",
            "leaseDuration",
            "upnpv1Compat");

    /** What the box's own description of its methods calls neither optional nor useless. */
    private static final Set<String> NEEDED =
            Set.of("id", "origin", "sourceInterface", "internalPort", "destinationIPAddress", "protocol");

    private final Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> byUpnp = new LinkedHashMap<>();
    private int logins;
    private int commits;
    private boolean open;
    private String model = "Livebox 4";
    private int next = 1;

    @Override
    boolean writes(Request request) {
        return request.body().contains("setPortForwarding") || request.body().contains("deletePortForwarding");
    }

    @Override
    public String make() {
        return "livebox";
    }

    @Override
    synchronized Reply answer(Request request) {
        demand(request.method().equals("POST") && request.path().equals("/ws"), "path");
        demand(
                request.header("Content-Type")
                        .filter(type -> type.split(";", 2)[0].equals("application/x-sah-ws-4-call+json"))
                        .isPresent(),
                "content type");
        JsonNode call = request.json();
        String what = call.path("service").asString().replaceFirst("^sysbus\\.", "") + " "
                + call.path("method").asString();
        JsonNode given = call.path("parameters");
        if (what.equals("DeviceInfo get")) {
            return status(Map.of("ProductClass", model, "SoftwareVersion", "SG40_sip-fr-4.4"));
        }
        String authorization = request.header("Authorization").orElse("");
        if (what.equals("sah.Device.Information createContext")) {
            demand(authorization.equals("X-Sah-Login"), "authorization");
            return login(given);
        }
        boolean letIn = open
                && authorization.equals("X-Sah context" + logins)
                && request.header("Cookie")
                        .filter(("a1b2/sessid=" + logins)::equals)
                        .isPresent();
        if (!letIn) {
            return error(13, "Permission denied");
        }
        return switch (what) {
            case "sah.Device.Information releaseContext" -> {
                open = false;
                yield status(0);
            }
            case "Time getTime" -> status(true);
            case "Firewall commit" -> {
                commits++;
                yield status(true);
            }
            case "Firewall getPortForwarding" -> list(given.path("origin").asString(""));
            case "Firewall setPortForwarding" -> set(given);
            case "Firewall deletePortForwarding" -> delete(given);
            default -> error(196618, "Object or parameter not found");
        };
    }

    private Reply login(JsonNode given) {
        demand(
                Set.of("webui", "so_sdkut")
                        .contains(given.path("applicationName").asString()),
                "application");
        boolean right = given.path("username").asString().equals("admin")
                && given.path("password").asString().equals(PASSWORD);
        if (!right) {
            // To a login it sends the document whole: LiveboxMonitor reads it so.
            Reply cut = error(13, "Permission denied");
            return new Reply(200, "{\"status\":null" + cut.body(), Map.of());
        }
        open = true;
        logins++;
        return new Reply(
                200,
                JSON.writeValueAsString(Map.of("status", 0, "data", Map.of("contextID", "context" + logins))),
                Map.of("Set-Cookie", "a1b2/sessid=" + logins + "; path=/"));
    }

    private static Reply status(Object value) {
        return Reply.json(Map.of("status", value));
    }

    /** As the real ones send it, without its beginning. */
    private static Reply error(int code, String description) {
        String list = JSON.writeValueAsString(List.of(Map.of("error", code, "description", description, "info", "")));
        return new Reply(200, ",\"errors\":" + list + "}", Map.of());
    }

    private Reply list(String origin) {
        demand(Set.of("", "webui", "upnp").contains(origin), "origin");
        Map<String, Object> listed = new LinkedHashMap<>(origin.equals("upnp") ? Map.of() : rows);
        listed.putAll(origin.equals("webui") ? Map.of() : byUpnp);
        Reply whole = status(listed);
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply set(JsonNode given) {
        given.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
        demand(NEEDED.stream().allMatch(given::has), "a parameter is missing");
        demand(given.path("enable").isBoolean() && given.path("persistent").asBoolean(), "types");
        if (fault() == Fault.NO_RIGHT) {
            return error(13, "Permission denied");
        }
        demand(given.path("id").asString("").matches("[A-Za-z0-9_-]{1,58}"), "id");
        demand(given.path("origin").asString().equals("webui"), "origin");
        String id = "webui_" + given.path("id").asString();
        if (fault() != Fault.IGNORES_WRITES) {
            rows.put(
                    id,
                    row(
                            id,
                            "webui",
                            given.path("description").asString(),
                            given.path("protocol").asString(),
                            given.path("externalPort").asString(),
                            given.path("internalPort").asString(),
                            given.path("destinationIPAddress").asString(),
                            given.path("sourcePrefix").asString("")));
        }
        return Reply.json(Map.of("status", id, "data", Map.of("rule", rows.getOrDefault(id, Map.of()))));
    }

    private static Map<String, Object> row(
            String id,
            String origin,
            String description,
            String protocol,
            String external,
            String internal,
            String client,
            String source) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Id", id);
        row.put("Origin", origin);
        row.put("Description", description);
        row.put("Status", "Enabled");
        row.put("SourceInterface", "data");
        row.put("Protocol", protocol);
        row.put("ExternalPort", external);
        row.put("InternalPort", internal);
        row.put("SourcePrefix", source);
        row.put("DestinationIPAddress", client);
        row.put("LeaseDuration", 0);
        row.put("HairpinNAT", true);
        row.put("Enable", true);
        return row;
    }

    private Reply delete(JsonNode given) {
        String id = given.path("id").asString("");
        demand(!id.isEmpty(), "a removal without an id");
        demand(given.path("origin").asString().equals("webui"), "origin");
        if (!rows.containsKey(id)) {
            return error(196618, "Object or parameter not found");
        }
        demand(
                given.path("destinationIPAddress")
                        .asString()
                        .equals(rows.getOrDefault(id, Map.of()).get("DestinationIPAddress")),
                "destination");
        if (fault() != Fault.IGNORES_WRITES) {
            rows.remove(id);
        }
        return status(true);
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.values().stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("Description")),
                        String.valueOf(row.get("Protocol")).equals("6") ? "tcp" : "udp",
                        Integer.parseInt(String.valueOf(row.get("ExternalPort"))),
                        String.valueOf(row.get("DestinationIPAddress")),
                        Integer.parseInt(String.valueOf(row.get("InternalPort")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        addForeign("webui_" + next++, rule);
    }

    /** What it calls itself. */
    public synchronized void isModel(String name) {
        model = name;
    }

    /** Adds a rule of that id. */
    public synchronized void addForeign(String id, Rule rule) {
        rows.put(id, row(id, "webui", rule));
    }

    /** The ids of the page's rules. */
    public synchronized Set<String> ids() {
        return Set.copyOf(rows.keySet());
    }

    /** How many changes were committed, as the page does it. */
    public synchronized int commits() {
        return commits;
    }

    /** Adds a rule for the ports from its external one to {@code last}, as some firmware writes it. */
    public synchronized void addRange(Rule rule, int last) {
        Map<String, Object> row = row("webui_range", "webui", rule);
        row.put("ExternalPortEndRange", last);
        rows.put("webui_range", row);
    }

    /** Adds a rule that a program made by UPnP. */
    public synchronized void addByUpnp(Rule rule) {
        String id = "upnp_" + next++;
        byUpnp.put(id, row(id, "upnp", rule));
    }

    private static Map<String, Object> row(String id, String origin, Rule rule) {
        return row(
                id,
                origin,
                rule.name(),
                switch (rule.protocol()) {
                    case "tcp" -> "6";
                    case "udp" -> "17";
                    case "both" -> "6,17";
                    default -> rule.protocol();
                },
                "" + rule.external(),
                "" + rule.internal(),
                rule.client(),
                "");
    }

    @Override
    public synchronized void endSession() {
        open = false;
    }

    @Override
    public synchronized int openSessions() {
        return open ? 1 : 0;
    }
}
