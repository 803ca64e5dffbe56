package dev.ajar.testing;

import dev.ajar.catalog.RouterTraces;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.host.Neighbour;
import dev.ajar.system.machine.AnswerRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of {@code test-fixtures/doctor}: a machine, its router, and what is wrong with them.
 *
 * @param verdict the id of the cause
 * @param others the causes that must be reported as well
 * @param port the one in question
 * @param before the commands that are run first, with their exit codes
 * @param forgets whether the router loses its table afterwards
 * @param becomes the members of the router that change after that
 * @param guide the make that must be recognised
 * @param plays what happens once the user follows the next step
 */
public record DoctorScenario(
        String name,
        String verdict,
        String certainty,
        List<String> others,
        Optional<String> port,
        List<AdvicePlay.Step> before,
        boolean forgets,
        Optional<String> guide,
        List<AdvicePlay> plays,
        JsonNode router,
        JsonNode becomes,
        JsonNode machine) {
    private static final Path FOLDER = Path.of("test-fixtures/doctor");
    private static final JsonMapper JSON = new JsonMapper();

    /** All of them, by name. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DoctorScenario read(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(file));
        return new DoctorScenario(
                String.valueOf(file.getFileName()).replace(".json", ""),
                root.path("verdict").asString(),
                root.path("certainty").asString(),
                ScriptReader.list(root.path("others"), JsonNode::asString),
                text(root, "port"),
                ScriptReader.list(
                        root.path("before").isString()
                                ? JSON.createArrayNode().add(root.path("before"))
                                : root.path("before"),
                        AdvicePlay.Step::of),
                root.path("forgets").asBoolean(false),
                text(root, "router_id"),
                ScriptReader.list(root.path("advice"), AdvicePlay::of),
                root.path("router"),
                root.path("becomes"),
                root.path("machine"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.path(name).asString()) : Optional.empty();
    }

    /** The state file: {@code unwritable} or {@code locked}; empty where it is as usual. */
    String stateFile() {
        return machine.path("state").asString("");
    }

    /** The port that ajar has opened over IPv6, in the router's firewall. */
    Optional<Integer> pinhole() {
        return machine.has("pinhole") ? Optional.of(machine.path("pinhole").asInt()) : Optional.empty();
    }

    /** Whether the router has said yes to it. */
    boolean isPinholeGranted() {
        return machine.path("pinhole_granted").asBoolean(false);
    }

    /** Whether the doctor must find nothing wrong. */
    public boolean isWell() {
        return verdict.equals("all_well");
    }

    /** The router as scripted. */
    public RouterScript script() {
        return ScriptReader.read(router);
    }

    /** The same after a change that the advice asks for: the members of both objects are replaced. */
    DoctorScenario changed(JsonNode machineChange, JsonNode routerChange) {
        return new DoctorScenario(
                name,
                verdict,
                certainty,
                others,
                port,
                before,
                forgets,
                guide,
                plays,
                merged(router, routerChange),
                becomes,
                merged(machine, machineChange));
    }

    private static JsonNode merged(JsonNode old, JsonNode change) {
        ObjectNode all = JSON.createObjectNode();
        old.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        change.properties().forEach(entry -> {
            // "usual" takes a member away, so that its default is back; null is a value of its own.
            if (entry.getValue().asStringOpt().filter("usual"::equals).isPresent()) {
                all.remove(entry.getKey());
            } else {
                all.set(entry.getKey(), entry.getValue());
            }
        });
        return all;
    }

    public String[] command() {
        return port.map(one -> new String[] {"doctor", one, "--json"})
                .orElseGet(() -> new String[] {"doctor", "--json"});
    }

    /** The one in question, or one that stands for every port. */
    public String somePort() {
        return port.orElse("25565");
    }

    /** The machine's networks while {@code before} runs, and afterwards. */
    public List<LocalRoute> routes(boolean beforehand, List<LocalRoute> usual) {
        String name = beforehand && machine.has("routes_before") ? "routes_before" : "routes";
        return machine.has(name) ? ScriptReader.list(machine.path(name), DoctorScenario::route) : usual;
    }

    /** As {@link #way}; also {@code tun0 for RULE} and {@code tun0 but for RULE}. */
    private static AnswerRoute detour(String text) {
        String[] except = text.split(" but for ", 2);
        String[] some = text.split(" for ", 2);
        if (except.length == 2) {
            return new AnswerRoute.ExceptSome(way(except[0]), except[1]);
        }
        return some.length == 2 ? new AnswerRoute.OfSome(way(some[0]), some[1]) : way(text);
    }

    /** {@code nowhere}, {@code link eth1}, or the name of a tunnel. */
    private static AnswerRoute.OfAll way(String text) {
        if (text.equals("nowhere")) {
            return new AnswerRoute.Nowhere();
        }
        return text.startsWith("link ")
                ? new AnswerRoute.ByOtherLink(text.substring("link ".length()))
                : new AnswerRoute.ByTunnel(text);
    }

    /** @param usual the network of the embedded router */
    public FakeHostProbe machine(List<LocalRoute> usual) {
        FakeHostProbe hostProbe = new FakeHostProbe(routes(false, usual));
        hostProbe.container = machine.path("container").asBoolean(false);
        hostProbe.detour = machine.path("answers_by").asStringOpt().map(DoctorScenario::detour);
        hostProbe.traces = new RouterTraces(
                "",
                "",
                machine.path("server").asString(""),
                machine.path("title").asString(""),
                "",
                machine.path("mac").asString(""));
        hostProbe.listeners = machine.path("listeners").isNull()
                ? Optional.empty()
                : Optional.of(ScriptReader.list(machine.path("listeners"), DoctorScenario::listener));
        machine.path("greetings")
                .properties()
                .forEach(entry -> hostProbe.greetings.put(
                        new Port(Integer.parseInt(entry.getKey())),
                        entry.getValue().asString()));
        hostProbe.firewall = firewall(machine.path("firewall"));
        if (machine.has("firewall_ipv6")) {
            hostProbe.firewalls.put(IpVersion.IPV6, firewall(machine.path("firewall_ipv6")));
        }
        machine.path("lets_in").forEach(port -> hostProbe.letIn.add(port.asString()));
        hostProbe.neighbours = ScriptReader.list(
                machine.path("neighbours"),
                node -> new Neighbour(address(node.asString()), "02:00:00:00:00:09", Optional.empty()));
        if (machine.has("virtual")) {
            hostProbe.virtual = ScriptReader.list(machine.path("virtual"), JsonNode::asString);
        }
        return hostProbe;
    }

    private static FirewallState firewall(JsonNode node) {
        if (node.has("closed")) {
            return new FirewallState.Closed(node.path("closed").asString(), "sudo ufw allow 25565/tcp");
        }
        return node.has("unknown")
                ? new FirewallState.Unknown(
                        Message.verbatim(node.path("unknown").asString()), "sudo nft list ruleset")
                : new FirewallState.Open();
    }

    private static LocalRoute route(JsonNode node) {
        return new LocalRoute(
                node.path("name").asString(),
                address(node.path("address").asString()),
                node.path("prefix_length").asInt(24),
                text(node, "gateway").map(DoctorScenario::address));
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    private static InetAddress listeningAt(String text) {
        if (!text.startsWith("[")) {
            return address(text);
        }
        byte[] ipv6 = new byte[16];
        ipv6[15] = (byte) (text.equals("[::1]") ? 1 : 0);
        try {
            return InetAddress.getByAddress(ipv6);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ListeningSocket listener(JsonNode node) {
        String text = node.asString();
        int space = text.indexOf(' ');
        int colon = text.lastIndexOf(':');
        return new ListeningSocket(
                TransportProtocol.valueOf(text.substring(0, space).toUpperCase(Locale.ROOT)),
                listeningAt(text.substring(space + 1, colon)),
                new Port(Integer.parseInt(text.substring(colon + 1))));
    }
}
