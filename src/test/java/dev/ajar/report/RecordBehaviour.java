package dev.ajar.report;

import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what every command does on every scripted gateway, a file each, to be compared with what another version
 * does: {@code test-fixtures/report/behaviour.sh record FOLDER [GATEWAY ...]}.
 */
final class RecordBehaviour {
    private static final String UNREACHED = "127.0.0.66:9";
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RecordBehaviour() {}

    private record Gateway(String name, RouterScript router, List<Scene> scenes) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Set<String> wanted = Set.copyOf(List.of(args).subList(1, args.length));
        List<Gateway> gateways = new ArrayList<>(gateways().stream()
                .filter(some -> wanted.isEmpty() || wanted.contains(some.name()))
                .toList());
        Map<String, List<Future<ArrayNode>>> all = new TreeMap<>();
        int commands = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(Integer.getInteger("ajar.at-once", 12))) {
            for (Gateway gateway : gateways) {
                List<Future<ArrayNode>> scenes = new ArrayList<>();
                for (Scene scene : gateway.scenes()) {
                    for (boolean json : List.of(false, true)) {
                        scenes.add(threads.submit(() -> played(gateway, scene, json)));
                    }
                }
                all.put(gateway.name(), scenes);
            }
            // The first has by far the longest scenes.
            Collections.rotate(gateways, -1);
            for (Gateway gateway : gateways) {
                List<Future<ArrayNode>> scenes = all.getOrDefault(gateway.name(), List.of());
                commands += write(folder, gateway, scenes);
            }
        }
        System.out.println(commands + " commands on " + gateways.size() + " gateways");
        System.exit(0);
    }

    private static List<Gateway> gateways() throws IOException {
        List<Scene> scenes = Scene.read();
        List<Scene> each = scenes.stream().filter(scene -> !scene.once()).toList();
        List<Gateway> gateways = new ArrayList<>();
        gateways.add(new Gateway("without-faults", RouterScript.standard(), scenes));
        for (Path file : ScriptedGateway.files()) {
            ScriptedGateway gateway = ScriptedGateway.read(file, UNREACHED);
            List<Scene> own = new ArrayList<>(List.of(Scene.own(gateway)));
            own.addAll(each);
            gateways.add(new Gateway(gateway.name(), gateway.router(), own));
        }
        return gateways;
    }

    private static ArrayNode played(Gateway gateway, Scene scene, boolean json) throws IOException {
        Path home = Files.createTempDirectory("behaviour");
        try {
            return Stage.play(gateway.router(), scene, json, home);
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static int write(Path folder, Gateway gateway, List<Future<ArrayNode>> scenes) throws Exception {
        ObjectNode root = PRETTY.createObjectNode();
        int commands = 0;
        for (int i = 0; i < scenes.size(); i++) {
            ArrayNode played = scenes.get(i).get();
            commands += played.size();
            String form = i % 2 == 0 ? ", text" : ", JSON";
            root.set(gateway.scenes().get(i / 2).name() + form, played);
        }
        Files.writeString(folder.resolve(gateway.name() + ".json"), PRETTY.writeValueAsString(root) + "\n");
        return commands;
    }
}
