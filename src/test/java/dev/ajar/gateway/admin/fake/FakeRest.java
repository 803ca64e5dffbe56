package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Rows of a NAT table over REST, in effect at once. Documented: the paths, PUT to add, that every value is a string,
 * the error documents, 204 for a deletion and 404 for a row that is gone.
 */
public final class FakeRest extends FakeInterface {
    private static final Set<String> FIELDS = Set.of(
            "chain",
            "action",
            "protocol",
            "dst-port",
            "in-interface-list",
            "in-interface",
            "to-addresses",
            "to-ports",
            "src-address",
            "comment");

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private int next = 1;
    private boolean listed = true;

    @Override
    boolean writes(Request request) {
        return request.method().equals("PUT") || request.method().equals("DELETE");
    }

    private final List<Map<String, String>> others = new ArrayList<>();

    @Override
    public String make() {
        return "mikrotik";
    }

    @Override
    synchronized Reply answer(Request request) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (request.header("Authorization").filter(expected::equals).isEmpty()) {
            return new Reply(
                    401,
                    JSON.writeValueAsString(Map.of("error", 401, "message", "Unauthorized")),
                    Map.of("WWW-Authenticate", "Basic realm=\"RouterOS REST API\""));
        }
        if (request.path().equals("/rest/interface/list/member")) {
            return Reply.json(listed ? List.of(Map.of(".id", "*1", "list", "WAN", "interface", "ether1")) : List.of());
        }
        if (request.path().equals("/rest/ip/route")) {
            return Reply.json(List.of(Map.of("dst-address", "0.0.0.0/0", "immediate-gw", "203.0.113.1%ether1")));
        }
        if (request.path().startsWith("/rest/ip/upnp")) {
            return upnp(request);
        }
        if (request.path().equals("/rest/ip/dhcp-server/lease")) {
            demand(request.method().equals("GET"), "method");
            return Reply.json(devices().stream()
                    .map(device -> Map.of(
                            ".id",
                            "*1",
                            "address",
                            device.address(),
                            "mac-address",
                            device.card(),
                            "host-name",
                            device.name()))
                    .toList());
        }
        demand(request.path().startsWith("/rest/ip/firewall/nat"), "path");
        if (fault() == Fault.NO_RIGHT && !request.method().equals("GET")) {
            return Reply.status(403, Map.of("error", 403, "message", "Forbidden"));
        }
        return switch (request.method()) {
            case "GET" -> list();
            case "PUT" -> add(request.json());
            case "DELETE" -> delete(request.path().substring("/rest/ip/firewall/nat/".length()));
            default -> Reply.status(405, Map.of("error", 405, "message", "Method Not Allowed"));
        };
    }

    private Reply upnp(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /rest/ip/upnp" -> Reply.json(Map.of("enabled", "" + upnp().orElse(false)));
            case "GET /rest/ip/upnp/interfaces" ->
                Reply.json(
                        upnp().isPresent()
                                ? List.of(
                                        Map.of(".id", "*1", "interface", "ether1", "type", "external"),
                                        Map.of(".id", "*2", "interface", "bridge", "type", "internal"))
                                : List.of());
            case "POST /rest/ip/upnp/set" -> {
                String value = request.json().path("enabled").asString();
                demand(Set.of("true", "false").contains(value), "enabled");
                if (fault() != Fault.IGNORES_WRITES) {
                    hasUpnp(value.equals("true"));
                }
                yield Reply.json(List.of());
            }
            default -> Reply.status(404, Map.of("error", 404, "message", "Not Found"));
        };
    }

    private Reply list() {
        List<Map<String, String>> shown = new ArrayList<>(rows.values());
        shown.addAll(others);
        shown.add(Map.of(
                ".id",
                "*99",
                "chain",
                "dstnat",
                "protocol",
                "udp",
                "dst-port",
                "4000",
                "dynamic",
                "true",
                "to-addresses",
                "192.168.88.9",
                "to-ports",
                "4000"));
        // Its owner leads what devices inside ask elsewhere to another of them.
        shown.add(Map.of(
                ".id",
                "*98",
                "chain",
                "dstnat",
                "action",
                "redirect",
                "protocol",
                "tcp",
                "dst-port",
                "25565",
                "in-interface-list",
                "LAN"));
        Reply whole = Reply.json(shown);
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() - 20), Map.of())
                : whole;
    }

    private Reply add(JsonNode given) {
        Map<String, String> row = new LinkedHashMap<>();
        given.properties().forEach(field -> {
            demand(FIELDS.contains(field.getKey()), field.getKey());
            demand(field.getValue().isString(), "not a string");
            row.put(field.getKey(), field.getValue().asString());
        });
        demand(row.keySet().containsAll(Set.of("chain", "action", "protocol", "dst-port")), "a member is missing");
        String id = "*" + Integer.toHexString(next++).toUpperCase(java.util.Locale.ROOT);
        row.put(".id", id);
        row.put("disabled", "false");
        row.put("dynamic", "false");
        if (fault() != Fault.IGNORES_WRITES) {
            rows.put(id, row);
        }
        return Reply.status(201, row);
    }

    private Reply delete(String id) {
        demand(!id.isEmpty(), "a delete without an id");
        String key = id.replace("%2A", "*");
        if (!rows.containsKey(key)) {
            return Reply.status(404, Map.of("error", 404, "message", "Not Found", "detail", "no such item"));
        }
        if (fault() != Fault.IGNORES_WRITES) {
            rows.remove(key);
        }
        return new Reply(204, "", Map.of());
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.values().stream()
                .map(row -> new Rule(
                        row.getOrDefault("comment", ""),
                        row.getOrDefault("protocol", ""),
                        Integer.parseInt(row.getOrDefault("dst-port", "0")),
                        row.getOrDefault("to-addresses", ""),
                        Integer.parseInt(row.getOrDefault("to-ports", "0"))))
                .toList();
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        Map<String, String> row = new LinkedHashMap<>(Map.of(
                "chain",
                "dstnat",
                "action",
                "dst-nat",
                "protocol",
                rule.protocol(),
                "dst-port",
                "" + rule.external(),
                "to-addresses",
                rule.client(),
                "to-ports",
                "" + rule.internal(),
                "comment",
                rule.name()));
        String id = "*" + next++;
        row.put(".id", id);
        rows.put(id, row);
    }

    /** Its owner adds a row that need not be a port forward. */
    public synchronized void addRow(Map<String, String> row) {
        String id = "*" + next++;
        Map<String, String> whole = new LinkedHashMap<>(row);
        whole.put(".id", id);
        others.add(whole);
    }

    /** The interface of the internet is in no list. */
    public synchronized void hasNoList() {
        listed = false;
    }

    /** The row with that comment. */
    public synchronized Map<String, String> row(String comment) {
        return rows.values().stream()
                .filter(row -> comment.equals(row.get("comment")))
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
