package dev.ajar.gateway.admin.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asuswrt. Facts, read in the source of a client and of the firmware: a login by form for a token, answered as JSON to
 * the agent of the maker's app; {@code error_status}, with the time of a lockout behind the end of the document; hooks
 * that read the router's memory, with the two signs of the list written as numbers; rows of five or six fields, and an
 * empty one more of some programs; one switch for all rules; the list written whole by a form. Not read anywhere: that
 * nothing else is written as a number, so ajar writes nothing where another is.
 */
public final class FakeHookForm extends FakeInterface {
    private static final String AGENT = "asusrouter-Android-DUTUtil-1.0.0.245";
    private static final Pattern HOOK = Pattern.compile("nvram_get\\(([a-z0-9_]+)\\);");
    private static final Set<String> FIELDS =
            Set.of("action_mode", "rc_service", "vts_enable_x", "vts_rulelist", "wan0_upnp_enable");

    private final Map<String, String> memory = new LinkedHashMap<>();
    private int fields = 6;
    /** Rows that its owner added since the list was looked at: a hundred thousand of them are not copied one by one. */
    private final StringBuilder added = new StringBuilder();

    private int logins;
    private boolean open;
    private String refusal = "";
    private boolean lenient;
    private Runnable afterReading = () -> {};

    public FakeHookForm() {
        memory.put("vts_enable_x", "1");
        memory.put("vts_rulelist", "");
    }

    @Override
    boolean writes(Request request) {
        return request.path().equals("/applyapp.cgi");
    }

    @Override
    public String make() {
        return "asus";
    }

    @Override
    synchronized Reply answer(Request request) {
        var unused = list();
        if (request.path().equals("/Main_Login.asp")) {
            return new Reply(200, "<html><title>ASUS Login</title>RT-AX88U</html>", Map.of());
        }
        demand(request.header("User-Agent").filter(this::isKnown).isPresent(), "agent");
        demand(lenient || comesFromItsPage(request), "referer");
        String body = lenient ? URLDecoder.decode(request.body(), StandardCharsets.UTF_8) : request.body();
        if (request.path().equals("/login.cgi")) {
            return login(form(body).getOrDefault("login_authorization", ""));
        }
        boolean letIn = open
                && request.header("Cookie")
                        .filter(("asus_token=token" + logins)::equals)
                        .isPresent();
        if (!letIn) {
            return error("2");
        }
        return switch (request.method() + " " + request.path()) {
            case "POST /appGet.cgi" -> read(body);
            case "POST /applyapp.cgi" -> write(body.startsWith("{") ? object(body) : form(body));
            case "POST /Logout.asp" -> {
                demand(lenient, "path");
                open = false;
                yield error("8");
            }
            case "GET /Logout.asp" -> {
                open = false;
                yield new Reply(200, "<html>bye</html>", Map.of());
            }
            default -> throw new IllegalArgumentException("path");
        };
    }

    private boolean isKnown(String agent) {
        return agent.equals(AGENT) || (lenient && agent.matches("asusrouter-[^-]+-DUTUtil-.+"));
    }

    /** Its own page, by the name and the scheme under which it was called. */
    private static boolean comesFromItsPage(Request request) {
        String page = "://" + request.header("Host").orElse("") + "/";
        return request.header("Referer")
                .filter(from -> from.matches("https?" + Pattern.quote(page)))
                .isPresent();
    }

    /** The router takes JSON in place of a form, and single quotation marks in it. */
    private static Map<String, String> object(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        JSON.readTree(body.replace('\'', '"'))
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        return fields;
    }

    private Reply login(String given) {
        if (!refusal.isEmpty()) {
            return new Reply(200, refusal, Map.of());
        }
        String right = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!given.equals(right)) {
            return error("3");
        }
        open = true;
        logins++;
        return new Reply(200, "{\n\"asus_token\":\"token" + logins + "\"\n}\n", Map.of());
    }

    private static Reply error(String code) {
        return new Reply(200, "{\n\"error_status\":\"" + code + "\"\n}\n", Map.of());
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            demand(sides.length == 2, "form");
            demand(fields.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8)) == null, "twice");
        }
        return fields;
    }

    private Reply read(String body) {
        demand(body.startsWith("hook="), "hook");
        Map<String, Object> values = new LinkedHashMap<>();
        Matcher hook = HOOK.matcher(body.substring("hook=".length()));
        int end = 0;
        while (hook.find()) {
            demand(hook.start() == end, "hook");
            end = hook.end();
            String name = hook.group(1);
            if (name.equals("wan0_upnp_enable")) {
                values.put(name, upnp().map(on -> on ? "1" : "0").orElse(""));
            } else {
                values.put(
                        name, memory.getOrDefault(name, "").replace("<", "&#60").replace(">", "&#62"));
            }
        }
        demand(end == body.length() - "hook=".length(), "hook");
        Reply whole = Reply.json(values);
        Runnable change = afterReading;
        afterReading = () -> {};
        change.run();
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() - 4), Map.of())
                : whole;
    }

    private Reply write(Map<String, String> given) {
        demand(FIELDS.containsAll(given.keySet()), "field");
        demand("apply".equals(given.get("action_mode")) && "restart_firewall".equals(given.get("rc_service")), "mode");
        if (given.containsKey("vts_rulelist") && !lenient) {
            demand(given.containsKey("vts_enable_x"), "the switch is missing");
        }
        if (fault() != Fault.IGNORES_WRITES) {
            memory.putAll(given);
            if (given.containsKey("wan0_upnp_enable")) {
                hasUpnp("1".equals(given.get("wan0_upnp_enable")));
            }
        }
        return Reply.json(Map.of("modify", "1", "run_service", "restart_firewall"));
    }

    private List<String> rows() {
        String list = list();
        return list.isEmpty() ? List.of() : List.of(list.substring(1).split("<", -1));
    }

    @Override
    public synchronized List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (String row : rows()) {
            String[] parts = row.split(">", -1);
            rules.add(new Rule(
                    parts[0],
                    parts[4].toLowerCase(Locale.ROOT),
                    Integer.parseInt(parts[1]),
                    parts[2],
                    Integer.parseInt(parts[3])));
        }
        return rules;
    }

    /** As the router's page takes it: names of thirty characters at most, without some signs. */
    @Override
    public synchronized void addForeign(Rule rule) {
        String name = rule.name().replaceAll("[<>&\"\\\\\\p{Cntrl}]", "");
        String row = String.join(
                ">",
                name.substring(0, Math.min(30, name.length())),
                "" + rule.external(),
                rule.client(),
                "" + rule.internal(),
                rule.protocol().toUpperCase(Locale.ROOT));
        added.append('<').append(row).append(fields == 6 ? ">" : "");
    }

    /** The list as the router has it. */
    public synchronized String list() {
        if (!added.isEmpty()) {
            memory.merge("vts_rulelist", added.toString(), String::concat);
            added.setLength(0);
        }
        return memory.getOrDefault("vts_rulelist", "");
    }

    public synchronized void setList(String list) {
        added.setLength(0);
        memory.put("vts_rulelist", list);
    }

    /** Its firmware is from before rows had a source. */
    public synchronized void isOlder() {
        fields = 5;
    }

    public synchronized void switchOff() {
        memory.put("vts_enable_x", "0");
    }

    public synchronized boolean isSwitchedOn() {
        return "1".equals(memory.get("vts_enable_x"));
    }

    /**
     * It takes what the router takes and ajar never sends: no page of origin, bodies encoded as a whole, JSON for a
     * form.
     */
    public synchronized void asTheRouter() {
        lenient = true;
    }

    /** What it answers to each login. */
    public synchronized void refuses(String answer) {
        refusal = answer;
    }

    /** Does something, once, after the next values were read. */
    public synchronized void afterReading(Runnable change) {
        afterReading = change;
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
