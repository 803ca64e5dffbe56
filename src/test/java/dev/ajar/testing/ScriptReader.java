package dev.ajar.testing;

import dev.ajar.model.Addresses;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.FaultScript;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.ServiceScript;
import dev.ajar.simulator.SsdpScript;
import dev.ajar.simulator.TableRules;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the {@code router} of a file in {@code test-fixtures/gateways}; its README says what everything means. */
final class ScriptReader {
    private static final Set<String> KNOWN =
            Set.of(("address speaks igd manufacturer model external status secure permanent_only longest_lease"
                            + " extends_leases description_limit first_index most_entries same_port_only"
                            + " faults entries service_type control control_url control_elsewhere location"
                            + " other_services ssdp oddities edits delivery patches forged neighbours")
                    .split(" "));

    private ScriptReader() {}

    static RouterScript read(JsonNode router) {
        for (String name : router.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("no such member: " + name);
            }
        }
        RouterScript.Builder draft = new RouterScript.Builder();
        draft.address = address(router.path("address").asString("127.0.0.1"));
        draft.speaks = speaks(router.path("speaks"));
        draft.igdVersion = router.path("igd").asInt(2);
        draft.manufacturer = router.path("manufacturer").asString(draft.manufacturer);
        draft.model = router.path("model").asString(draft.model);
        draft.location = router.path("location").asString(draft.location);
        draft.service = service(router, router.path("service_type").asString(""));
        draft.before = others(router, true);
        draft.after = others(router, false);
        draft.controlTarget = router.path("control_elsewhere").asBoolean(false);
        draft.rules = rules(router);
        draft.ssdp = ssdp(router.path("ssdp"));
        draft.faultScript = faults(router);
        draft.entries = list(router.path("entries"), JsonNode::asString);
        draft.neighbours = list(router.path("neighbours"), ScriptReader::read);
        return draft.script();
    }

    /** What a router gets wrong. */
    static FaultScript faults(JsonNode router) {
        return new FaultScript(
                list(router.path("oddities"), ScriptReader::fault),
                list(router.path("edits"), ScriptReader::edit),
                list(router.path("delivery"), ScriptReader::delivery),
                list(router.path("patches"), ScriptReader::patch),
                list(router.path("forged"), ScriptReader::forgery));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        array.forEach(node -> all.add(reader.apply(node)));
        return List.copyOf(all);
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    private static Set<RouterScript.Speaks> speaks(JsonNode names) {
        Set<RouterScript.Speaks> speaks = EnumSet.noneOf(RouterScript.Speaks.class);
        names.forEach(
                name -> speaks.add(RouterScript.Speaks.valueOf(name.asString().toUpperCase(Locale.ROOT))));
        return names.isMissingNode() ? EnumSet.allOf(RouterScript.Speaks.class) : speaks;
    }

    private static ServiceScript service(JsonNode node, String type) {
        String control = node.path("control").asString("/ctl/IPConn");
        return new ServiceScript(
                type,
                control,
                node.path("control_url").asString(control),
                node.path("status").asString("Connected"),
                node.path("external").asString("203.0.113.7"),
                node.path("fault").asInt(0),
                node.path("dead").asBoolean(false));
    }

    private static List<ServiceScript> others(JsonNode router, boolean first) {
        return list(router.path("other_services"), Function.identity()).stream()
                .filter(node -> node.path("first").asBoolean(false) == first)
                .map(node -> service(node, node.path("type").asString("")))
                .toList();
    }

    private static TableRules rules(JsonNode router) {
        Map<Integer, Integer> faults = new TreeMap<>();
        router.path("faults")
                .properties()
                .forEach(e ->
                        faults.put(Integer.valueOf(e.getKey()), e.getValue().asInt()));
        return new TableRules(
                router.path("secure").asBoolean(false),
                router.path("permanent_only").asBoolean(false),
                router.path("longest_lease").asLong(604_800),
                router.path("extends_leases").asBoolean(true),
                router.path("description_limit").asInt(Integer.MAX_VALUE),
                router.path("first_index").asInt(0),
                router.path("most_entries").asInt(Integer.MAX_VALUE),
                router.path("same_port_only").asBoolean(false),
                faults);
    }

    private static SsdpScript ssdp(JsonNode node) {
        JsonNode answers = node.path("answers");
        return new SsdpScript(
                answers.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new TreeSet<>(list(answers, JsonNode::asString))),
                SsdpScript.Host.valueOf(node.path("host").asString("any").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(node.path("delay_ms").asLong(0)),
                node.path("other_port").asBoolean(false),
                node.path("repeat").asInt(1),
                node.path("notify").asBoolean(false),
                list(
                        node.path("others"),
                        other -> new SsdpScript.OtherSender(
                                address(other.path("from").asString()),
                                other.path("times").asInt(1),
                                other.path("text").asString())));
    }

    private static Fault fault(JsonNode node) {
        return new Fault(
                node.path("on").asString(),
                condition(node.path("when")),
                condition(node.path("head")),
                node.path("times").asInt(Integer.MAX_VALUE),
                reaction(node));
    }

    private static Optional<Pattern> condition(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(pattern(node));
    }

    private static Pattern pattern(JsonNode node) {
        return Pattern.compile(node.asString(), Pattern.DOTALL);
    }

    private static Reaction reaction(JsonNode node) {
        if (node.has("fault")) {
            return new Reaction.SoapFault(
                    node.path("fault").asInt(), node.path("text").asString(""));
        }
        if (node.has("delay_ms")) {
            return new Reaction.Delay(Duration.ofMillis(node.path("delay_ms").asLong()));
        }
        if (node.has("raw")) {
            return new Reaction.Raw(node.path("raw").asString().getBytes(StandardCharsets.UTF_8));
        }
        if (node.has("hex")) {
            return new Reaction.Raw(bytes(node.path("hex")));
        }
        Map<String, Reaction> plain = Map.of(
                "silence", new Reaction.Silence(),
                "pretend", new Reaction.Pretend(),
                "forget", new Reaction.Forget(),
                "reset", new Reaction.Reset(),
                "hang_up", new Reaction.HangUp());
        return plain.entrySet().stream()
                .filter(entry -> node.has(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reaction in " + node));
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asString("").replace(" ", ""));
    }

    private static FaultScript.Edit edit(JsonNode node) {
        return new FaultScript.Edit(
                node.path("on").asString(),
                pattern(node.path("find")),
                node.path("put").asString());
    }

    private static FaultScript.Delivery delivery(JsonNode node) {
        return new FaultScript.Delivery(
                node.path("on").asString(),
                FaultScript.DeliveryMode.valueOf(node.path("as").asString().toUpperCase(Locale.ROOT)));
    }

    private static FaultScript.Patch patch(JsonNode node) {
        Map<Integer, byte[]> set = new TreeMap<>();
        node.path("set").properties().forEach(e -> set.put(Integer.valueOf(e.getKey()), bytes(e.getValue())));
        return new FaultScript.Patch(
                node.path("on").asString(), set, node.path("cut").asInt(-1), bytes(node.path("add")));
    }

    private static FaultScript.Forgery forgery(JsonNode node) {
        return new FaultScript.Forgery(
                node.path("on").asString(),
                address(node.path("from").asString()),
                node.path("times").asInt(1),
                bytes(node.path("hex")));
    }
}
