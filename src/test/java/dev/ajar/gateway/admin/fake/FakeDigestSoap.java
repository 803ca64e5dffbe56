package dev.ajar.gateway.admin.fake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Port mappings over TR-064. Documented by the maker: digest with MD5, the service types, the actions and their
 * arguments in order, the error codes, that a host opens ports for itself alone, and that a mapping of the same key is
 * replaced.
 */
public final class FakeDigestSoap extends FakeInterface {
    private static final String REALM = "F!Box SOAP-Auth";
    private static final String NONCE = "0123456789ABCDEF";
    private static final Pattern ARGUMENT = Pattern.compile("<(New[^>]+)>([^<]*)</");
    private static final Pattern PART = Pattern.compile("(\\w+)=\"?([^\",]*)");
    private static final String TOKEN = "0123456789abcdef";
    private static final List<String> ADDING = List.of(
            "NewRemoteHost",
            "NewExternalPort",
            "NewProtocol",
            "NewInternalPort",
            "NewInternalClient",
            "NewEnabled",
            "NewPortMappingDescription",
            "NewLeaseDuration");

    private final List<Rule> rules = new ArrayList<>();
    private boolean approves;
    private boolean waiting;
    private boolean authenticated;
    private String methods = "button,dtmf;*12345";
    private List<String> states = List.of("waitingforauth");
    private int looks;
    private Runnable whileAsked = () -> {};

    private String named = "1.WANPPPConnection.1";

    /** It names no connection as the usual one; one of its two is connected. */
    public synchronized void namesNoConnection() {
        named = "";
    }

    @Override
    boolean writes(Request request) {
        String action = request.header("SOAPAction").orElse("");
        return action.contains("AddPortMapping") || action.contains("DeletePortMapping");
    }

    @Override
    public String make() {
        return "avm-fritzbox";
    }

    @Override
    synchronized Reply answer(Request request) {
        if (request.path().equals("/tr64desc.xml")) {
            return new Reply(
                    200,
                    "<root><systemVersion><Display>154.07.10</Display></systemVersion><device>"
                            + "<manufacturer>AVM</manufacturer><modelName>FRITZ!Box 7590</modelName></device></root>",
                    Map.of());
        }
        String action = request.header("SOAPAction").orElse("").replace("\"", "");
        demand(request.method().equals("POST") && action.startsWith("urn:dslforum-org:service:"), "action");
        String name = action.substring(action.indexOf('#') + 1);
        if (name.equals("X_AVM-DE_GetUserList")) {
            demand(request.path().equals("/upnp/control/lanconfigsecurity"), "path");
            String list = "&lt;List&gt;&lt;Username last_user=\"1\"&gt;ajar&lt;/Username&gt;&lt;/List&gt;";
            return envelope(name, "<NewX_AVM-DE_UserList>" + list + "</NewX_AVM-DE_UserList>");
        }
        if (!isAuthorized(request)) {
            return new Reply(
                    401,
                    "<html>401</html>",
                    Map.of(
                            "WWW-Authenticate",
                            "Digest realm=\"" + REALM + "\",nonce=\"" + NONCE + "\",algorithm=MD5,qop=\"auth\""));
        }
        Map<String, String> arguments = new HashMap<>();
        List<String> order = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(request.body());
        while (matcher.find()) {
            order.add(matcher.group(1));
            arguments.put(matcher.group(1), matcher.group(2));
        }
        if (name.equals("GetDefaultConnectionService")) {
            demand(request.path().equals("/upnp/control/layer3forwarding"), "path");
            return envelope(name, "<NewDefaultConnectionService>" + named + "</NewDefaultConnectionService>");
        }
        boolean confirmed = request.body()
                .contains("<avm:token xmlns:avm=\"avm.de\" s:mustUnderstand=\"1\">" + TOKEN
                        + "</avm:token></s:Header><s:Body>");
        if (request.path().equals("/upnp/control/x_auth")) {
            return confirmation(name, arguments, confirmed);
        }
        if (request.path().equals("/upnp/control/wanipconnection1")) {
            return name.equals("GetStatusInfo")
                    ? envelope(name, "<NewConnectionStatus>Disconnected</NewConnectionStatus>")
                    : error(820);
        }
        if (request.path().equals("/upnp/control/hosts")) {
            demand(name.equals("X_AVM-DE_GetSpecificHostEntryByIP"), "action");
            return devices().stream()
                    .filter(device -> device.address().equals(arguments.get("NewIPAddress")))
                    .findFirst()
                    .map(device -> envelope(
                            name,
                            "<NewMACAddress>" + device.card() + "</NewMACAddress><NewActive>1</NewActive><NewHostName>"
                                    + escape(device.name()) + "</NewHostName>"))
                    .orElseGet(() -> error(714));
        }
        demand(request.path().equals("/upnp/control/wanpppconn1"), "path");
        if (approves && !(confirmed && authenticated) && name.contains("eletePortMapping")) {
            return error(866);
        }
        if (approves && confirmed && authenticated) {
            approves = false;
            Reply made = name.equals("AddPortMapping") ? add(arguments, order) : delete(arguments);
            approves = true;
            return made;
        }
        return switch (name) {
            case "GetGenericPortMappingEntry" ->
                entry(Integer.parseInt(arguments.getOrDefault("NewPortMappingIndex", "x")));
            case "AddPortMapping" -> add(arguments, order);
            case "DeletePortMapping" -> delete(arguments);
            case "GetStatusInfo" -> envelope(name, "<NewConnectionStatus>Connected</NewConnectionStatus>");
            case "GetExternalIPAddress" -> envelope(name, "<NewExternalIPAddress>203.0.113.7</NewExternalIPAddress>");
            default -> error(401);
        };
    }

    private static boolean isAuthorized(Request request) {
        String given = request.header("Authorization").orElse("");
        demand(given.isEmpty() || given.startsWith("Digest "), "Basic");
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PART.matcher(given);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        String who = md5("ajar:" + REALM + ":" + PASSWORD);
        String what = md5("POST:" + request.path());
        String expected = md5(String.join(
                ":", who, NONCE, parts.getOrDefault("nc", ""), parts.getOrDefault("cnonce", ""), "auth", what));
        return parts.getOrDefault("username", "").equals("ajar")
                && parts.getOrDefault("uri", "").equals(request.path())
                && expected.equals(parts.get("response"));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One question at a time, whose token each look must carry. */
    private Reply confirmation(String name, Map<String, String> given, boolean withToken) {
        return switch (name) {
            case "GetInfo" -> envelope(name, "<NewEnabled>1</NewEnabled>");
            case "SetConfig" -> {
                boolean start = given.getOrDefault("NewAction", "").equals("start");
                demand(start || given.getOrDefault("NewAction", "").equals("stop"), "action");
                if (start && waiting) {
                    yield error(868);
                }
                waiting = start;
                authenticated = false;
                looks = 0;
                yield envelope(
                        name,
                        "<NewToken>" + (start ? TOKEN : "") + "</NewToken><NewState>waitingforauth</NewState>"
                                + "<NewMethods>" + methods + "</NewMethods>");
            }
            case "GetState" -> {
                demand(waiting && withToken, "a look without its token");
                whileAsked.run();
                String state = states.get(Math.min(looks++, states.size() - 1));
                authenticated = state.equals("authenticated");
                yield envelope(name, "<NewState>" + state + "</NewState>");
            }
            default -> error(401);
        };
    }

    /** How its owner can confirm, as it tells it. */
    public synchronized void confirmsBy(String ways) {
        methods = ways;
    }

    /** What it answers to each look at the confirmation; the last one for ever. */
    public synchronized void answersLooks(List<String> answers) {
        states = answers;
    }

    /** Does something at each look, such as letting time pass. */
    public synchronized void whileAsked(Runnable what) {
        whileAsked = what;
    }

    /** Whether a question is open, which keeps other programs from asking. */
    public synchronized boolean isWaiting() {
        return waiting;
    }

    private Reply entry(int index) {
        if (index >= rules.size()) {
            return error(713);
        }
        Rule rule = rules.get(index);
        Reply whole = envelope(
                "GetGenericPortMappingEntry",
                "<NewRemoteHost>0.0.0.0</NewRemoteHost><NewExternalPort>" + rule.external()
                        + "</NewExternalPort><NewProtocol>" + rule.protocol().toUpperCase(Locale.ROOT)
                        + "</NewProtocol><NewInternalPort>" + rule.internal() + "</NewInternalPort><NewInternalClient>"
                        + rule.client() + "</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>"
                        + escape(rule.name()) + "</NewPortMappingDescription><NewLeaseDuration>0</NewLeaseDuration>");
        return fault() == Fault.CUTS_LIST
                ? new Reply(200, whole.body().substring(0, whole.body().indexOf("<NewExternalPort>")), Map.of())
                : whole;
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().filter(c -> c >= ' ').forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                default -> safe.append((char) c);
            }
        });
        return safe.toString();
    }

    private Reply add(Map<String, String> given, List<String> order) {
        demand(order.equals(ADDING), "arguments");
        if (fault() == Fault.NO_RIGHT) {
            return error(606);
        }
        if (approves) {
            return error(866);
        }
        String client = given.getOrDefault("NewInternalClient", "");
        if (!client.equals("127.0.0.1")
                || !given.getOrDefault("NewLeaseDuration", "").equals("0")) {
            return error(600);
        }
        Rule rule = new Rule(
                given.getOrDefault("NewPortMappingDescription", ""),
                given.getOrDefault("NewProtocol", "").toLowerCase(Locale.ROOT),
                Integer.parseInt(given.getOrDefault("NewExternalPort", "")),
                client,
                Integer.parseInt(given.getOrDefault("NewInternalPort", "")));
        if (fault() != Fault.IGNORES_WRITES) {
            rules.removeIf(other ->
                    other.external() == rule.external() && other.protocol().equals(rule.protocol()));
            rules.add(rule);
        }
        return envelope("AddPortMapping", "");
    }

    private Reply delete(Map<String, String> given) {
        int port = Integer.parseInt(given.getOrDefault("NewExternalPort", ""));
        String protocol = given.getOrDefault("NewProtocol", "").toLowerCase(Locale.ROOT);
        if (rules.stream()
                .noneMatch(rule -> rule.external() == port && rule.protocol().equals(protocol))) {
            return error(714);
        }
        if (fault() != Fault.IGNORES_WRITES) {
            rules.removeIf(rule -> rule.external() == port && rule.protocol().equals(protocol));
        }
        return envelope("DeletePortMapping", "");
    }

    private static Reply envelope(String action, String content) {
        return new Reply(
                200,
                "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><u:"
                        + action + "Response xmlns:u=\"urn:dslforum-org:service:Any:1\">" + content + "</u:" + action
                        + "Response></s:Body></s:Envelope>",
                Map.of("Content-Type", "text/xml"));
    }

    private static Reply error(int code) {
        return new Reply(
                500,
                "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>"
                        + "<faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring>"
                        + "<detail><UPnPError><errorCode>" + code
                        + "</errorCode><errorDescription>?</errorDescription></UPnPError></detail></s:Fault></s:Body></s:Envelope>",
                Map.of("Content-Type", "text/xml"));
    }

    /** Its owner must confirm each change on the box. */
    public synchronized void wantsApproval() {
        approves = true;
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
    public int openSessions() {
        return 0;
    }
}
