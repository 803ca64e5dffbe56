package dev.ajar.gateway.admin.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A firewall configuration over JSON-RPC with sessions. Observed on the real daemons: the answers and codes below, that
 * {@code add} with a name that exists merges, that section names are letters, digits and underscores, that unconfirmed
 * changes are undone, and that a second {@code apply} before {@code confirm} is refused with 6. What {@link FakeUci}
 * says was read in their source.
 */
public final class FakeSessionRpc extends FakeInterface {
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

    /** What a session lives where the login does not say. */
    private static final long USUAL_LIFETIME = 300;

    private final FakeUci uci = new FakeUci(this::hasUpnp);
    private final Set<String> lacking = new TreeSet<>();
    private final FakeNetworks networks = new FakeNetworks();
    private int busy;
    private boolean mangles;
    private int confirmations;
    private boolean confirmsLate;
    private Optional<Supplier<Reply>> refusal = Optional.empty();
    private int next = 1;

    @Override
    boolean writes(Request request) {
        return request.body().contains("\"uci\",\"add\"") || request.body().contains("\"uci\",\"delete\"");
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
        demand(params.size() == 4 && params.get(3).isObject(), "params");
        String given = params.get(0).asString();
        String object = params.get(1).asString();
        String method = params.get(2).asString();
        JsonNode arguments = params.get(3);
        // The server adds it, and takes no other.
        demand(!arguments.has("ubus_rpc_session"), "session among the arguments");
        if (object.equals("session") && method.equals("login")) {
            return login(arguments);
        }
        Optional<FakeUci.Login> login = uci.find(given);
        if (login.isEmpty() || lacking.contains(object + " " + method)) {
            return error(-32002, "Access denied");
        }
        return switch (object) {
            case "network.interface" -> result(0, networks.interfaces());
            case "luci-rpc" -> result(0, uci.hints(method, devices()));
            case "session" -> session(login.get(), method, arguments);
            case "uci" -> uci(login.get(), method, arguments);
            default -> error(-32000, "Object not found");
        };
    }

    private Reply login(JsonNode arguments) {
        boolean right = arguments.path("username").asString().equals("root")
                && arguments.path("password").asString().equals(PASSWORD);
        if (!right) {
            return result(6, Map.of());
        }
        FakeUci.Login login = uci.login("root", arguments.path("timeout").asLong(USUAL_LIFETIME));
        return result(
                0,
                Map.of(
                        "ubus_rpc_session",
                        login.id,
                        "timeout",
                        login.lifetime,
                        "expires",
                        login.lifetime,
                        "data",
                        Map.of("username", login.user)));
    }

    private Reply session(FakeUci.Login login, String method, JsonNode arguments) {
        return switch (method) {
            case "destroy" -> {
                uci.destroy(login);
                yield result(0, Map.of());
            }
            case "access" -> {
                demand(arguments.path("scope").asString().equals("ubus"), "scope");
                String right = arguments.path("object").asString() + " "
                        + arguments.path("function").asString();
                yield result(0, Map.of("access", !lacking.contains(right)));
            }
            default -> result(3, Map.of());
        };
    }

    private Reply uci(FakeUci.Login login, String method, JsonNode arguments) {
        String config = arguments.path("config").asString("");
        if (!Set.of("apply", "confirm", "rollback").contains(method)) {
            demand(Set.of("firewall", "upnpd").contains(config), "config");
        }
        boolean writes = !Set.of("get", "changes").contains(method);
        if (writes && fault() == Fault.NO_RIGHT) {
            return result(6, Map.of());
        }
        return switch (method) {
            case "get" -> config.equals("upnpd") ? upnpd() : get(login, arguments);
            case "revert" -> result(uci.revert(login, config), Map.of());
            case "changes" ->
                config.equals("upnpd") && upnp().isEmpty()
                        ? result(4, Map.of())
                        : result(0, Map.of("changes", uci.changes(login, config)));
            case "add" -> add(login, arguments);
            case "set" -> set(login, arguments);
            case "delete" -> delete(login, arguments.path("section").asString());
            case "apply" -> apply(login, arguments);
            case "confirm" -> confirm(login);
            case "rollback" -> result(uci.rollback(login), Map.of());
            default -> result(3, Map.of());
        };
    }

    /** The UPnP server's file, which is there where it is installed. */
    private Reply upnpd() {
        return upnp().map(on -> result(
                        0, Map.of("values", Map.of(".type", "upnpd", "enabled", on ? "1" : "0", "log_output", "0"))))
                .orElseGet(() -> result(4, Map.of()));
    }

    private Reply set(FakeUci.Login login, JsonNode arguments) {
        demand(arguments.path("config").asString().equals("upnpd") && upnp().isPresent(), "config");
        demand(arguments.path("section").asString().equals("config"), "section");
        arguments
                .path("values")
                .properties()
                .forEach(field -> demand(Set.of("enabled", "enable_upnp").contains(field.getKey()), field.getKey()));
        boolean on = arguments.path("values").path("enabled").asString().equals("1");
        // What is there already is no change, so that nothing can be applied.
        if (on != upnp().get() && fault() != Fault.IGNORES_WRITES) {
            uci.stageUpnp(login, on);
        }
        return result(0, Map.of());
    }

    private Reply get(FakeUci.Login login, JsonNode arguments) {
        Map<String, Map<String, Object>> seen = uci.seenBy(login);
        if (arguments.has("section")) {
            return Optional.ofNullable(seen.get(arguments.path("section").asString()))
                    .map(there -> result(0, Map.of("values", there)))
                    .orElseGet(() -> result(0, Map.of()));
        }
        if (arguments.path("type").asString().equals("zone")) {
            return result(0, Map.of("values", networks.zones()));
        }
        seen.values()
                .removeIf(section -> !section.getOrDefault(".type", "redirect").equals("redirect"));
        Reply whole = result(0, Map.of("values", seen));
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply add(FakeUci.Login login, JsonNode arguments) {
        String name = arguments.path("name").asString();
        if (!name.matches("[A-Za-z0-9_]+")) {
            return result(2, Map.of());
        }
        Map<String, Object> values = new HashMap<>();
        arguments.path("values").properties().forEach(field -> {
            demand(FIELDS.contains(field.getKey()), field.getKey());
            values.put(field.getKey(), plain(field.getValue()));
        });
        uci.stage(login, List.of("set", name, "redirect"), sections -> {
            if (fault() != Fault.IGNORES_WRITES) {
                sections.computeIfAbsent(name, none -> new HashMap<>(Map.of(".type", "redirect")))
                        .putAll(values);
            }
        });
        return result(0, Map.of("section", name));
    }

    private static Object plain(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : value.asString();
    }

    private Reply delete(FakeUci.Login login, String section) {
        demand(!section.isEmpty(), "a delete without a section");
        if (!uci.seenBy(login).containsKey(section)) {
            return result(4, Map.of());
        }
        uci.stage(login, List.of("remove", section), sections -> {
            if (fault() != Fault.IGNORES_WRITES) {
                sections.remove(section);
            }
        });
        return result(0, Map.of());
    }

    private Reply apply(FakeUci.Login login, JsonNode arguments) {
        demand(arguments.path("rollback").asBoolean(false), "a change that would last");
        if (busy > 0) {
            busy--;
            return result(6, Map.of());
        }
        if (fault() == Fault.APPLY_FAILS) {
            return result(6, Map.of());
        }
        int status = uci.apply(login, upnp());
        if (mangles) {
            uci.committed().values().forEach(section -> section.replace("dest_ip", "192.168.1.254"));
        }
        return result(status, Map.of());
    }

    private Reply confirm(FakeUci.Login login) {
        if (refusal.isPresent() && uci.isPending()) {
            return refusal.get().get();
        }
        if (confirmsLate && uci.isPending()) {
            return new Reply(200, "", Map.of());
        }
        int status = uci.confirm(login);
        confirmations += status == 0 ? 1 : 0;
        return result(status, Map.of());
    }

    /** What is applied is not what was staged. */
    public synchronized void mangles() {
        mangles = true;
    }

    /** It answers nothing to a confirmation, and does not confirm. */
    public synchronized void takesNoConfirmation() {
        confirmsLate = true;
    }

    /** A change that waits cannot be confirmed: the answer is that status. */
    public synchronized void refusesConfirmation(int status) {
        refusal = Optional.of(() -> result(status, Map.of()));
    }

    /** The session ends before the next confirmation. */
    public synchronized void endsBeforeConfirmation() {
        refusal = Optional.of(() -> {
            refusal = Optional.empty();
            endSession();
            return error(-32002, "Access denied");
        });
    }

    @Override
    public synchronized void timePasses() {
        uci.undo();
    }

    /** The user may not call this, such as {@code uci rollback}. */
    public synchronized void lacks(String right) {
        lacking.add(right);
    }

    /**
     * Its owner, logged in as the same user, changed something on its page, which waits for a confirmation.
     *
     * @return what confirms it; it tells whether that was still possible
     */
    public synchronized java.util.function.BooleanSupplier ownerChanges(String key, Map<String, Object> section) {
        FakeUci.Login owner = uci.login("root", 3600);
        uci.stage(owner, List.of("set", key, "redirect"), sections -> sections.put(key, new HashMap<>(section)));
        uci.apply(owner, upnp());
        return () -> confirmedBy(owner);
    }

    private synchronized boolean confirmedBy(FakeUci.Login owner) {
        return uci.find(owner.id).isPresent() && uci.confirm(owner) == FakeUci.OK;
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
        return uci.committed().values().stream()
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
        Map<String, Object> section = new HashMap<>(Map.of(
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
                Integer.toString(rule.internal())));
        uci.committed().put("cfg" + next++, section);
    }

    /** Another zone hides addresses too, and has the default route. */
    public synchronized void hasTwoWays() {
        networks.hasTwoWays();
    }

    /** The firewall has these zones and no others, of which none hides addresses. */
    public synchronized void hasZones(String... names) {
        networks.hasZones(names);
    }

    /** The next changes meet another user's that waits for its confirmation. */
    public synchronized void isBusy(int times) {
        busy = times;
    }

    @Override
    public synchronized void endSession() {
        uci.destroyAll();
    }

    /** The zone of the rule with that name. */
    public synchronized String zoneOf(String name) {
        return uci.committed().values().stream()
                .filter(section -> name.equals(section.get("name")))
                .map(section -> String.valueOf(section.get("src")))
                .findFirst()
                .orElse("");
    }

    /** A section with that name, of any type. */
    public synchronized void addSection(String key, Map<String, Object> section) {
        uci.committed().put(key, new HashMap<>(section));
    }

    /** The section with that name. */
    public synchronized Map<String, Object> committed(String key) {
        return uci.committed().getOrDefault(key, Map.of());
    }

    @Override
    public synchronized int openSessions() {
        return uci.logins();
    }
}
