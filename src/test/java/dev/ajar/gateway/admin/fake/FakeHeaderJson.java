package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * JNAP: the action in a header, the list written whole. Facts, all read in the source of other programs: one path; OK,
 * or an error as the result, always with HTTP 200; an unauthorized answer repeats the password; single rules and ranges
 * are two lists; limits come with the list; every member of a row is demanded.
 */
public final class FakeHeaderJson extends FakeInterface {
    private String namespace = "http://linksys.com/jnap/";
    private static final Set<String> FIELDS = Set.of(
            "isEnabled", "externalPort", "protocol", "internalServerIPAddress", "internalPort", "description", "uuid");

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private int most = 200_000;
    private boolean losing;
    private String ranges = "OK";
    private Runnable afterListing = () -> {};

    @Override
    boolean writes(Request request) {
        return request.header("X-JNAP-Action")
                .filter(action -> action.contains("/Set"))
                .isPresent();
    }

    @Override
    public String make() {
        return "linksys";
    }

    @Override
    synchronized Reply answer(Request request) {
        demand(request.method().equals("POST") && request.path().equals("/JNAP/"), "path");
        String action = request.header("X-JNAP-Action").orElse("");
        if (!action.startsWith(namespace)) {
            return Reply.json(Map.of("result", "_ErrorUnknownAction"));
        }
        String name = action.substring(namespace.length());
        if (name.equals("core/GetDeviceInfo")) {
            return ok(Map.of(
                    "manufacturer",
                    "Linksys",
                    "modelNumber",
                    "WRT1900AC",
                    "firmwareVersion",
                    "1.1.10.187766",
                    "services",
                    List.of(namespace + "firewall/Firewall")));
        }
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        String given = request.header("X-JNAP-Authorization").orElse("");
        if (!given.equals(expected)) {
            return Reply.json(Map.of("result", "_ErrorUnauthorized", "error", "tried " + given));
        }
        return switch (name) {
            case "firewall/GetSinglePortForwardingRules" -> list();
            case "firewall/GetPortRangeForwardingRules" ->
                ranges.equals("OK")
                        ? ok(Map.of("rules", List.of(), "maxRules", 25))
                        : Reply.json(Map.of("result", ranges));
            case "firewall/SetSinglePortForwardingRules" -> write(request.json());
            default -> Reply.json(Map.of("result", "_ErrorUnknownAction"));
        };
    }

    private static Reply ok(Object output) {
        return Reply.json(Map.of("result", "OK", "output", output));
    }

    private Reply list() {
        Reply whole = ok(Map.of("rules", rows, "maxRules", most, "maxDescriptionLength", 32));
        Runnable change = afterListing;
        afterListing = () -> {};
        change.run();
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() / 2), Map.of())
                : whole;
    }

    private Reply write(JsonNode given) {
        demand(given.path("rules").isArray(), "rules");
        List<Map<String, Object>> wanted = new ArrayList<>();
        given.path("rules").valueStream().forEach(row -> {
            row.properties().forEach(field -> demand(FIELDS.contains(field.getKey()), field.getKey()));
            demand(row.path("externalPort").isInt() && row.path("isEnabled").isBoolean(), "types");
            wanted.add(JSON.convertValue(row, new TypeReference<Map<String, Object>>() {}));
        });
        if (wanted.stream().anyMatch(row -> Objects.equals(row.get("externalPort"), served()))) {
            return Reply.json(Map.of("result", "ErrorRulesOverlap"));
        }
        if (wanted.size() > most) {
            return Reply.json(Map.of("result", "ErrorTooManyRules"));
        }
        if (fault() != Fault.IGNORES_WRITES) {
            rows.clear();
            rows.addAll(wanted);
            if (losing && !rows.isEmpty()) {
                rows.removeFirst();
            }
        }
        return ok(Map.of());
    }

    /** Its actions have the names of an earlier owner. */
    public synchronized void isOlder() {
        namespace = "http://cisco.com/jnap/";
    }

    /** What it answers to the list of ranges. */
    public synchronized void answersRanges(String result) {
        ranges = result;
    }

    /** Does something, once, after the next list was answered. */
    public synchronized void afterListing(Runnable change) {
        afterListing = change;
    }

    /** Adds a rule of the owner with members of its own. */
    public synchronized void addRow(Map<String, ?> members) {
        addForeign(new Rule("row", "tcp", 8080, "192.168.1.9", 80));
        rows.getLast().putAll(members);
    }

    /** All rows as they are sent. */
    public synchronized String text() {
        return JSON.writeValueAsString(rows);
    }

    /** It takes so many rules at most. */
    public synchronized void takes(int rules) {
        most = rules;
    }

    /** Writing loses the first rule, as a router does that numbers its rules anew. */
    public synchronized void losesTheFirst() {
        losing = true;
    }

    @Override
    public synchronized List<Rule> rules() {
        return rows.stream()
                .map(row -> new Rule(
                        String.valueOf(row.get("description")),
                        String.valueOf(row.get("protocol")).toLowerCase(Locale.ROOT),
                        Integer.parseInt(String.valueOf(row.get("externalPort"))),
                        String.valueOf(row.get("internalServerIPAddress")),
                        Integer.parseInt(String.valueOf(row.get("internalPort")))))
                .toList();
    }

    /** With a member that ajar does not know, and which has to come back. */
    @Override
    public synchronized void addForeign(Rule rule) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("isEnabled", true);
        row.put("externalPort", rule.external());
        row.put("protocol", rule.protocol().toUpperCase(Locale.ROOT));
        row.put("internalServerIPAddress", rule.client());
        row.put("internalPort", rule.internal());
        row.put("description", rule.name());
        row.put("uuid", "owner-" + rows.size());
        rows.add(row);
    }

    /** All rows with all members. */
    public synchronized List<Map<String, Object>> rows() {
        return List.copyOf(rows);
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
