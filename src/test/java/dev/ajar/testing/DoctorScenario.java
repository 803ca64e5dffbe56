package dev.ajar.testing;

import dev.ajar.catalog.RouterTraces;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.ListeningSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of {@code test-fixtures/doctor}: a machine, its router, and what is wrong with them.
 *
 * @param verdict the id of the cause
 * @param others the causes that must be reported as well
 * @param port the one in question
 * @param before a command that is run first
 * @param forgets whether the router loses its table afterwards
 * @param guide the make that must be recognised
 */
public record DoctorScenario(
        String name,
        String verdict,
        String certainty,
        List<String> others,
        Optional<String> port,
        Optional<String> before,
        boolean forgets,
        Optional<String> guide,
        RouterScript router,
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
                text(root, "before"),
                root.path("forgets").asBoolean(false),
                text(root, "router_id"),
                ScriptReader.read(root.path("router")),
                root.path("machine"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.path(name).asString()) : Optional.empty();
    }

    public String[] command() {
        return port.map(one -> new String[] {"doctor", one, "--json"})
                .orElseGet(() -> new String[] {"doctor", "--json"});
    }

    /** The machine's networks while {@code before} runs, and afterwards. */
    public List<LocalRoute> routes(boolean beforehand, List<LocalRoute> usual) {
        String name = beforehand && machine.has("routes_before") ? "routes_before" : "routes";
        return machine.has(name) ? ScriptReader.list(machine.path(name), DoctorScenario::route) : usual;
    }

    /** @param usual the network of the embedded router */
    public FakeHostProbe machine(List<LocalRoute> usual) {
        FakeHostProbe hostProbe = new FakeHostProbe(routes(true, usual));
        hostProbe.container = machine.path("container").asBoolean(false);
        hostProbe.answersBy = machine.path("answers_by").asStringOpt();
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
        return hostProbe;
    }

    private static FirewallState firewall(JsonNode node) {
        if (node.has("closed")) {
            return new FirewallState.Closed(node.path("closed").asString(), "let it in");
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
                24,
                text(node, "gateway").map(DoctorScenario::address));
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    private static ListeningSocket listener(JsonNode node) {
        String[] words = node.asString().split("[ :]");
        return new ListeningSocket(
                TransportProtocol.valueOf(words[0].toUpperCase(Locale.ROOT)),
                address(words[1]),
                new Port(Integer.parseInt(words[2])));
    }
}
