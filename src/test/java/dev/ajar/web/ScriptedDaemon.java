package dev.ajar.web;

import static org.awaitility.Awaitility.await;

import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A daemon with as many mappings as a test likes, whose changes a page sees when the test says so. */
final class ScriptedDaemon implements ControlHandler {
    private final List<List<String>> asked = new ArrayList<>();

    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final Map<Integer, String> states = new LinkedHashMap<>();
    private final int ports;
    private long relayed;
    final CountDownLatch pressed = new CountDownLatch(1);

    /** The document of {@code ajar status}. */
    volatile String outside = """
            {"gateway":{"address":"192.168.1.1","manufacturer":"Some","model":"Router","method":"upnp"},
             "external_address":"100.64.0.9","reachability":"carrier_grade"}""";

    /** @param ports from 20000 on */
    ScriptedDaemon(int ports) {
        this.ports = ports;
    }

    static final String DEVICES = """
            {"devices":[{"address":"192.168.1.10","kind":"this machine","card":null},
             {"address":"192.168.1.1","kind":"router","card":"02:00:00:00:00:01"},
             {"address":"192.168.1.20","kind":"neighbour","card":"02:00:00:00:00:20","name":"<b>garden</b> camera","maker":"Axis"},
             {"address":"192.168.1.30","kind":"neighbour","card":"02:00:00:00:00:30","name":null,"maker":null}],
             "ways":[{"interface":"wg0","kind":"tunnel","address":"10.8.0.2","gateway":null,"first":true},
             {"interface":"wlan0","kind":"home","address":"192.168.1.10","gateway":"192.168.1.1","first":false},
             {"interface":"docker0","kind":"inner","address":"172.17.0.1","gateway":null,"first":false}]}
            """;

    /** Whether the page has asked for that command line. */
    synchronized boolean wasAsked(List<String> line) {
        return asked.contains(line);
    }

    /** A port that is no longer open, and the event of it. */
    synchronized void loses(int port) {
        states.put(port, "not open");
        changes.add(watch());
    }

    @Override
    public synchronized String watch() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int port = 20_000; port < 20_000 + ports; port++) {
            rows.add(Map.of(
                    "mapping",
                    "tcp " + port,
                    "goes_to",
                    "192.168.1.10:" + port,
                    "method",
                    "UPnP",
                    "state",
                    states.getOrDefault(port, "open"),
                    "seconds_left",
                    3600,
                    "last",
                    "open",
                    "checked_at",
                    "2024-01-01T00:00:00Z"));
        }
        relayed += 40_000;
        Map<String, Object> rule = new LinkedHashMap<>(Map.of(
                "rule",
                "tcp 8554",
                "goes_to",
                "192.168.1.20:554",
                "connections",
                3,
                "peak",
                7,
                "total",
                21,
                "bytes_in",
                relayed,
                "bytes_out",
                relayed * 20,
                "refused",
                Map.of("too_many_of_one", 12, "not_allowed", 4)));
        rule.put(
                "clients",
                List.of(
                        Map.of("source", "203.0.113.7", "connections", 2),
                        Map.of("source", "2001:db8:1:2::/64", "connections", 1)));
        return JsonWriter.write(Map.of(
                "kept_by", "the ajar daemon",
                "mappings", rows,
                "relays", List.of(Map.of("process", 4711, "rules", List.of(rule))),
                "gateways", List.of(),
                "events",
                        List.of(Map.of(
                                "at",
                                "2024-01-01T00:00:0" + states.size() + "Z",
                                "event",
                                "lost",
                                "message",
                                "lost"))));
    }

    @Override
    public void follow(Predicate<String> documents) throws InterruptedException {
        String next = watch();
        while (documents.test(next)) {
            next = changes.take();
        }
    }

    @Override
    public synchronized ControlRequest.Response run(ControlRequest request) {
        asked.add(request.arguments());
        return new ControlRequest.Response(0, answer(request.arguments().getFirst()), "");
    }

    /** The router wants a button to be pressed for port 25599, until the test has seen it. */
    @Override
    public ControlRequest.Response run(ControlRequest request, Consumer<Message> person) {
        if (request.arguments().contains("25599/tcp")) {
            person.accept(Message.of("admin.approve-button"));
            await().atMost(Duration.ofMinutes(1)).until(() -> pressed.getCount() == 0);
        }
        return run(request);
    }

    private static String answer(String command) {
        return switch (command) {
            case "presets" ->
                "{\"presets\":[{\"id\":\"minecraft\",\"name\":\"Minecraft\",\"ports\":[{\"ports\":\"25565/tcp\",\"purpose\":\"game\"}]}]}";
            case "guide" ->
                "{\"name\":\"Some Router\",\"words\":{\"external\":\"WAN Port\",\"address\":\"Server IP\"},\"steps\":[{\"text\":\"go\",\"fields\":[]}]}";
            case "open" ->
                "{\"mappings\":[{\"protocol\":\"tcp\",\"external_port\":25565,\"status\":\"open\"}],\"friends_join\":[\"203.0.113.7\"]}";
            case "close" -> "{\"mappings\":[{\"protocol\":\"tcp\",\"external_port\":20300,\"status\":\"closed\"}]}";
            case "relay" -> """
                {"exit_code":0,"stopped":[{"rule":"tcp 8554","outcome":"closed","message":"tcp 8554 is stopped, and its port is closed",
                 "message_sentence":{"key":"relaying.stop.closed","args":{"rule":"tcp 8554"}}}],"not_running":[],
                 "notes":[{"text":"The daemon relays it again","text_sentence":{"key":"relaying.stop.returns","args":{}}}],"error":null}""";
            case "doctor" -> """
                {"exit_code":1,"verdict":{"title":"No program listens","certainty":"certain","next":"Start it.","because":["seen"],
                 "title_sentence":{"key":"view.port-is-open","args":{"port":"25565"}}}}""";
            default -> "{}";
        };
    }

    @Override
    public Set<String> requests() {
        return Set.of("list", "status");
    }

    @Override
    public String answer(String name, JsonObject request) {
        return name.equals("list") ? "{\"mappings\":[]}" : outside;
    }
}
