package dev.ajar.gateway.admin.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A firewall configuration over JSON-RPC with sessions. Observed on the real daemons: the answers and codes below, that {@code add}
 * with a name that exists merges, that section names are letters, digits and underscores, that unconfirmed changes are undone, and
 * that a second {@code apply} before {@code confirm} is refused with 6.
 */
public final class FakeSessionRpc extends FakeInterface {
    private static final String SESSION = "4e5b0c1d2e3f405162738495a6b7c8d9";
    private static final Set<String> FIELDS = Set.of(
            "name",
            "src",
            "dest",
            "target",
            "family",
            "proto",
            "src_dport",
            "dest_ip",
            "dest_port",
            "enabled",
            "src_ip");

    private final Map<String, Map<String, Object>> committed = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> staged = new LinkedHashMap<>();
    private final List<List<String>> changes = new ArrayList<>();
    private boolean session;
    private boolean unconfirmed;
    private boolean twoWays;
    private int busy;
    private boolean mangles;
    private int confirmations;
    private boolean confirmsLate;
    private int next = 1;
    private Optional<Boolean> upnpBefore = Optional.empty();
    private Optional<Boolean> upnpWanted = Optional.empty();

    @Override
    boolean writes(Request request) {
        return request.body().contains("\"add\"") || request.body().contains("\"delete\"");
    }

    @Override
    public String make() {
        return "openwrt";
    }

    @Override
    synchronized Reply answer(Request request) {
        demand(request.method().equals("POST") && request.path().equals("/ubus"), "path");
        // The real server reads JSON whatever it is called, and a form never.
        demand(request.header("Content-Type").map("application/json"::equals).orElse(true), "content type");
        JsonNode call = request.json();
        if (call.path("method").asString().equals("list")) {
            return Reply.json(
                    Map.of("jsonrpc", "2.0", "id", 1, "result", Map.of("session", Map.of("login", Map.of()))));
        }
        JsonNode params = call.path("params");
        String given = params.get(0).asString();
        String object = params.get(1).asString();
        String method = params.get(2).asString();
        JsonNode arguments = params.get(3);
        if (object.equals("session") && method.equals("login")) {
            return login(arguments);
        }
        if (!session || !given.equals(SESSION)) {
            return error(-32002, "Access denied");
        }
        if (object.equals("network.interface")) {
            Object route = Map.of("target", "0.0.0.0", "mask", 0, "nexthop", "203.0.113.1");
            return result(
                    0,
                    Map.of(
                            "interface",
                            List.of(
                                    Map.of("interface", "wan", "route", List.of()),
                                    Map.of("interface", "isp", "route", List.of(route)))));
        }
        return object.equals("session") ? logout() : uci(method, arguments);
    }

    private Reply login(JsonNode arguments) {
        boolean right = arguments.path("username").asString().equals("root")
                && arguments.path("password").asString().equals(PASSWORD);
        session = right;
        return right ? result(0, Map.of("ubus_rpc_session", SESSION, "timeout", 300)) : result(6, Map.of());
    }

    private Reply logout() {
        session = false;
        if (unconfirmed) {
            undo();
        }
        revert();
        return result(0, Map.of());
    }

    private Reply uci(String method, JsonNode arguments) {
        if (arguments.path("config").asString("").equals("upnpd")) {
            return upnpd(method, arguments);
        }
        if (!Set.of("apply", "confirm").contains(method)) {
            demand(arguments.path("config").asString().equals("firewall"), "config");
        }
        boolean writes = !Set.of("get", "changes").contains(method);
        if (writes && fault() == Fault.NO_RIGHT) {
            return result(6, Map.of());
        }
        return switch (method) {
            case "get" ->
                arguments.has("section")
                        ? section(arguments.path("section").asString())
                        : get(arguments.path("type").asString());
            case "revert" -> revert();
            case "changes" -> result(0, changes.isEmpty() ? Map.of("changes", List.of()) : Map.of("changes", changes));
            case "add" -> add(arguments);
            case "delete" -> delete(arguments.path("section").asString());
            case "apply" -> apply();
            case "confirm" -> confirm();
            default -> result(3, Map.of());
        };
    }

    /** The UPnP server's file, which is there where it is installed. */
    private Reply upnpd(String method, JsonNode arguments) {
        if (upnp().isEmpty()) {
            return result(4, Map.of());
        }
        return switch (method) {
            case "get" ->
                result(
                        0,
                        Map.of(
                                "values",
                                Map.of(".type", "upnpd", "enabled", upnp().get() ? "1" : "0", "log_output", "0")));
            case "changes" -> result(0, Map.of("changes", changes));
            case "set" -> {
                demand(arguments.path("section").asString().equals("config"), "section");
                arguments
                        .path("values")
                        .properties()
                        .forEach(field ->
                                demand(Set.of("enabled", "enable_upnp").contains(field.getKey()), field.getKey()));
                upnpWanted = Optional.of(
                        arguments.path("values").path("enabled").asString().equals("1"));
                changes.add(List.of("set", "config", "enabled"));
                yield result(0, Map.of());
            }
            case "revert" -> revert();
            default -> result(3, Map.of());
        };
    }

    private Reply section(String name) {
        Map<String, Object> there = staged.get(name);
        return there == null ? result(0, Map.of()) : result(0, Map.of("values", there));
    }

    private Reply revert() {
        staged.clear();
        staged.putAll(committed);
        changes.clear();
        return result(0, Map.of());
    }

    private static Map<String, Object> zone(String name, String network, boolean hides) {
        return Map.of(".type", "zone", "name", name, "network", List.of(network), "masq", hides ? "1" : "0");
    }

    private Reply get(String type) {
        if (type.equals("zone")) {
            Map<String, Object> zones = new LinkedHashMap<>();
            zones.put("cfg01", zone("lan", "lan", false));
            zones.put("cfg02", zone("wan", "wan", true));
            if (twoWays) {
                zones.put("cfg03", zone("fibre", "isp", true));
            }
            return result(0, Map.of("values", zones));
        }
        Map<String, Map<String, Object>> shown = new LinkedHashMap<>(staged);
        shown.values()
                .removeIf(section -> !section.getOrDefault(".type", "redirect").equals("redirect"));
        Reply whole = result(0, Map.of("values", shown));
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply add(JsonNode arguments) {
        String name = arguments.path("name").asString();
        if (!name.matches("[A-Za-z0-9_]+")) {
            return result(2, Map.of());
        }
        Map<String, Object> section =
                new HashMap<>(staged.getOrDefault(name, new HashMap<>(Map.of(".type", "redirect"))));
        arguments.path("values").properties().forEach(field -> {
            demand(FIELDS.contains(field.getKey()), field.getKey());
            section.put(field.getKey(), plain(field.getValue()));
        });
        if (fault() != Fault.IGNORES_WRITES) {
            staged.put(name, section);
        }
        changes.add(List.of("set", name, "redirect"));
        return result(0, Map.of("section", name));
    }

    private static Object plain(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : value.asString();
    }

    private Reply delete(String section) {
        demand(!section.isEmpty(), "a delete without a section");
        if (!committed.containsKey(section)) {
            return result(4, Map.of());
        }
        if (fault() != Fault.IGNORES_WRITES) {
            staged.remove(section);
        }
        changes.add(List.of("remove", section));
        return result(0, Map.of());
    }

    private Reply apply() {
        if (busy > 0) {
            busy--;
            return result(6, Map.of());
        }
        if (unconfirmed || fault() == Fault.APPLY_FAILS) {
            return result(6, Map.of());
        }
        demand(!changes.isEmpty(), "nothing to apply");
        before.clear();
        before.putAll(committed);
        committed.clear();
        committed.putAll(staged);
        if (mangles) {
            committed.replaceAll((key, section) -> mangled(section));
            staged.clear();
            staged.putAll(committed);
        }
        upnpBefore = upnp();
        upnpWanted.filter(on -> fault() != Fault.IGNORES_WRITES).ifPresent(this::hasUpnp);
        upnpWanted = Optional.empty();
        unconfirmed = true;
        return result(0, Map.of());
    }

    private static Map<String, Object> mangled(Map<String, Object> section) {
        Map<String, Object> other = new HashMap<>(section);
        other.replace("dest_ip", "192.168.1.254");
        return other;
    }

    /** What is applied is not what was staged. */
    public synchronized void mangles() {
        mangles = true;
    }

    /** It answers nothing to a confirmation, and does not confirm. */
    public synchronized void takesNoConfirmation() {
        confirmsLate = true;
    }

    /** Half a minute passes: what is not confirmed is undone. */
    public synchronized void timePasses() {
        if (unconfirmed) {
            undo();
        }
    }

    private final Map<String, Map<String, Object>> before = new LinkedHashMap<>();

    private void undo() {
        committed.clear();
        committed.putAll(before);
        staged.clear();
        staged.putAll(before);
        upnpBefore.ifPresent(this::hasUpnp);
        unconfirmed = false;
    }

    private Reply confirm() {
        if (!unconfirmed) {
            return result(5, Map.of());
        }
        if (confirmsLate) {
            return new Reply(200, "", Map.of());
        }
        unconfirmed = false;
        confirmations++;
        changes.clear();
        return result(0, Map.of());
    }

    /** How many changes were confirmed. */
    public synchronized int confirmations() {
        return confirmations;
    }

    private static Reply result(int status, Object data) {
        boolean empty = data instanceof Map<?, ?> map && map.isEmpty();
        return Reply.json(Map.of("jsonrpc", "2.0", "id", 1, "result", empty ? List.of(status) : List.of(status, data)));
    }

    private static Reply error(int code, String message) {
        return Reply.json(Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", code, "message", message)));
    }

    @Override
    public synchronized List<Rule> rules() {
        return committed.values().stream()
                .filter(section -> section.containsKey("src_dport") && !"0".equals(section.get("enabled")))
                .map(section -> new Rule(
                        String.valueOf(section.get("name")),
                        section.get("proto") instanceof List<?> all ? String.valueOf(all.getFirst()) : "tcp",
                        Integer.parseInt(String.valueOf(section.get("src_dport"))),
                        String.valueOf(section.get("dest_ip")),
                        Integer.parseInt(String.valueOf(section.get("dest_port")))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        Map<String, Object> section = Map.of(
                ".type",
                "redirect",
                "name",
                rule.name(),
                "src",
                "wan",
                "dest",
                "lan",
                "target",
                "DNAT",
                "proto",
                List.of(rule.protocol()),
                "src_dport",
                Integer.toString(rule.external()),
                "dest_ip",
                rule.client(),
                "dest_port",
                Integer.toString(rule.internal()));
        committed.put("cfg" + next, section);
        staged.put("cfg" + next++, section);
    }

    /** Another zone hides addresses too, and has the default route. */
    public synchronized void hasTwoWays() {
        twoWays = true;
    }

    /** The next changes meet another user's that waits for its confirmation. */
    public synchronized void isBusy(int times) {
        busy = times;
    }

    /** Ends the session, as the login of another administrator does. */
    public synchronized void endSession() {
        session = false;
    }

    /** The zone of the rule with that name. */
    public synchronized String zoneOf(String name) {
        return committed.values().stream()
                .filter(section -> name.equals(section.get("name")))
                .map(section -> String.valueOf(section.get("src")))
                .findFirst()
                .orElse("");
    }

    /** A section with that name, of any type. */
    public synchronized void addSection(String key, Map<String, Object> section) {
        committed.put(key, section);
        staged.put(key, section);
    }

    /** The section with that name. */
    public synchronized Map<String, Object> committed(String key) {
        return committed.getOrDefault(key, Map.of());
    }

    @Override
    public synchronized int openSessions() {
        return session ? 1 : 0;
    }
}
