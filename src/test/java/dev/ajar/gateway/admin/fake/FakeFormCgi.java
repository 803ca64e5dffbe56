package dev.ajar.gateway.admin.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One CGI program in three dialects. Read in published handlers: the login by redirects, that every change says
 * success, that {@code addEffect} means the opposite in the newer dialect, that an older request switches all rules off
 * there, that an identical rule is stored twice, and that deletions are by position. How the oldest names the members
 * of a listed rule is not known; it is assumed to be as in adding.
 */
public final class FakeFormCgi extends FakeInterface {
    private static final String PROGRAM = "/cgi-bin/cstecgi.cgi";
    private static final String COOKIE = "SESSION_ID=2:1700000000:2";

    /** How it speaks. */
    public enum Dialect {
        OLDEST,
        OLDER,
        NEWER
    }

    private final Dialect dialect;
    private final boolean newer;
    private final List<Rule> rules = new ArrayList<>();
    private int missing;
    private boolean switchedOn = true;
    private boolean session;
    private Optional<String> listed = Optional.empty();
    private int changes;

    public FakeFormCgi(Dialect dialect) {
        this.dialect = dialect;
        this.newer = dialect == Dialect.NEWER;
    }

    /** @param newer whether it speaks the newer dialect */
    public FakeFormCgi(boolean newer) {
        this(newer ? Dialect.NEWER : Dialect.OLDER);
    }

    @Override
    boolean writes(Request request) {
        return request.body().contains("setPortForwardRules") || request.body().contains("delPortForwardRules");
    }

    @Override
    public String make() {
        return "totolink";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (request.path().equals("/formLoginAuth.htm")) {
            session = session || request.query().contains("authCode=1");
            return new Reply(200, "<html>home</html>", Map.of("Set-Cookie", COOKIE + "; Path=/"));
        }
        demand(request.method().equals("POST") && request.path().equals(PROGRAM), "path");
        if (request.query().equals("action=login")) {
            boolean right = request.body().equals("username=admin&password=good+pass");
            String target = "/formLoginAuth.htm?authCode="
                    + (right ? "1&userName=admin&goURL=home.html" : "0&goURL=login.html");
            return new Reply(302, "", Map.of("Location", base() + target));
        }
        JsonNode call = request.json();
        String topic = call.path("topicurl").asString();
        if (topic.endsWith("PortForwardRules") || topic.endsWith("MiniUPnPConfig")) {
            // Each dialect is silent to the other's words.
            boolean prefixed = topic.startsWith("setting/");
            topic = prefixed == (dialect == Dialect.OLDEST) ? topic.replace("setting/", "") : "unknown";
        }
        if (topic.equals("getInitCfg")) {
            return Reply.json(Map.of("fmVersion", "V9.1.0", "model", "X"));
        }
        if (!session || request.header("Cookie").filter(COOKIE::equals).isEmpty()) {
            return new Reply(200, "<html>login</html>", Map.of());
        }
        return switch (topic) {
            case "getPortForwardRules" ->
                listed.map(text -> new Reply(200, text, Map.of())).orElseGet(this::list);
            case "setPortForwardRules" -> set(call);
            case "delPortForwardRules" -> delete(call);
            case "getMiniUPnPConfig" -> upnpConfig();
            case "setMiniUPnPConfig" -> setUpnp(call);
            default -> new Reply(200, "", Map.of());
        };
    }

    private Reply list() {
        List<Object> rows = new ArrayList<>();
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("enable", switchedOn ? "1" : "0");
        head.put("lanIp", "192.168.0.1");
        for (int i = 0; i < rules.size(); i++) {
            rows.add(row(rules.get(i), i));
        }
        for (int i = 0; i < missing; i++) {
            rows.add(Map.of(
                    "idx", Integer.toString(rules.size() + i + 1), "delRuleName", "delRule" + (rules.size() + i)));
        }
        if (newer) {
            head.put("rule", rows);
            return cut(Reply.json(head));
        }
        rows.addFirst(head);
        return cut(Reply.json(rows));
    }

    private Reply cut(Reply whole) {
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().length() - 3), Map.of())
                : whole;
    }

    private Map<String, Object> row(Rule rule, int index) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("idx", Integer.toString(index + 1));
        row.put("ip", rule.client());
        row.put("proto", rule.protocol().toUpperCase(Locale.ROOT));
        if (dialect == Dialect.OLDEST) {
            row.remove("ip");
            row.put("ipAddress", rule.client());
            row.put("wanfromPort", "" + rule.external());
            row.put("fromPort", "" + rule.internal());
            row.put("comment", rule.name());
        } else if (newer) {
            row.put("ePort", "" + rule.external());
            row.put("iPort", "" + rule.internal());
            row.put("desc", rule.name());
        } else {
            row.put("wanPortFrom", "" + rule.external());
            row.put("wanPortTo", "" + rule.external());
            row.put("lanPortFrom", "" + rule.internal());
            row.put("lanPortTo", "" + rule.internal());
            row.put("comment", rule.name());
        }
        row.put("delRuleName", "delRule" + index);
        return row;
    }

    /** What it answers to the list, in place of its own. */
    public synchronized void answersList(String text) {
        listed = Optional.of(text);
    }

    /** How many requests to change something came. */
    public synchronized int changes() {
        return changes;
    }

    private Reply set(JsonNode call) {
        changes++;
        boolean adds = call.path("addEffect").asString().equals(newer ? "1" : "0");
        if (!adds) {
            switchedOn = call.path("enable").asString().equals("1");
        } else if (fault() != Fault.IGNORES_WRITES) {
            String protocol = call.path(newer ? "proto" : "protocol").asString();
            demand(protocol.equals("TCP") || protocol.equals("UDP"), "no answer to " + protocol);
            Rule rule = new Rule(
                    call.path(newer ? "desc" : "comment").asString(),
                    protocol.toLowerCase(Locale.ROOT),
                    call.path(dialect == Dialect.OLDEST ? "wanfromPort" : newer ? "ePort" : "wanPortFrom")
                            .asInt(),
                    call.path(newer ? "ip" : "ipAddress").asString(),
                    call.path(dialect == Dialect.OLDEST ? "fromPort" : newer ? "iPort" : "lanPortFrom")
                            .asInt());
            demand(rule.name().matches("[A-Za-z0-9_-]{1,20}"), "name");
            rules.add(rule);
        }
        return success();
    }

    private Reply delete(JsonNode call) {
        changes++;
        call.properties().stream()
                .filter(field -> field.getKey().startsWith("delRule"))
                .findFirst()
                .filter(field -> fault() != Fault.IGNORES_WRITES)
                .ifPresent(field -> delete(
                        newer
                                ? field.getValue().asInt()
                                : Integer.parseInt(field.getKey().substring("delRule".length()))));
        return success();
    }

    /** The newer dialect removes the text of the rule from one long text wherever it stands, and counts one less. */
    private void delete(int index) {
        if (index >= rules.size()) {
            return;
        }
        Rule gone = rules.remove(index);
        if (newer) {
            int before = rules.size();
            rules.removeIf(gone::equals);
            missing += before - rules.size();
        }
    }

    private static Reply success() {
        return Reply.json(Map.of("success", true, "lan_ip", "192.168.0.1", "wtime", 0));
    }

    /** The member has another name in older firmware. */
    private String upnpName() {
        return dialect == Dialect.OLDEST ? "upnpEnbl" : "upnpEnabled";
    }

    private Reply upnpConfig() {
        return upnp().map(on -> Reply.json(Map.of(upnpName(), on ? 1 : 0, "getUpnpTable", "")))
                .orElseGet(() -> new Reply(200, "", Map.of()));
    }

    private Reply setUpnp(JsonNode call) {
        String wanted = call.path(upnpName()).asString("");
        demand(wanted.equals("1") || wanted.equals("0"), "the switch is missing");
        if (fault() != Fault.IGNORES_WRITES) {
            hasUpnp(wanted.equals("1"));
        }
        return success();
    }

    /** Switches the page off. */
    public synchronized void switchOff() {
        switchedOn = false;
    }

    /** Whether the page is switched on. */
    public synchronized boolean isSwitchedOn() {
        return switchedOn;
    }

    @Override
    public synchronized List<Rule> rules() {
        return List.copyOf(rules);
    }

    @Override
    public synchronized void addForeign(Rule rule) {
        rules.add(rule);
    }

    @Override
    public synchronized void endSession() {
        session = false;
    }

    @Override
    public int openSessions() {
        return 0;
    }
}
