package dev.ajar.report;

import dev.ajar.app.InProcess;
import dev.ajar.report.Scene.Step;
import dev.ajar.simulator.Arrival;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays a scene on one router, and writes down what each command did. */
final class Stage {
    static final JsonMapper JSON = new JsonMapper();

    /** For the last datagrams of a command to arrive. */
    private static final long SETTLING = Duration.ofMillis(25).toNanos();

    private static final String BUNDLE = "report.txt";

    private final EmbeddedRouter router;
    private final SteppedTimeline timeline;
    private final Path home;
    private final Masks masks;
    private final ArrayNode played = JSON.createArrayNode();

    private Stage(EmbeddedRouter router, SteppedTimeline timeline, Path home) {
        this.router = router;
        this.timeline = timeline;
        this.home = home;
        this.masks = new Masks(home);
    }

    /** @param home an empty folder */
    static ArrayNode play(RouterScript script, Scene scene, boolean json, Path home) throws IOException {
        SteppedTimeline timeline = new SteppedTimeline();
        try (EmbeddedRouter router = EmbeddedRouter.start(script, timeline.router())) {
            Stage stage = new Stage(router, timeline, home);
            for (Step step : scene.steps()) {
                stage.play(step, json);
            }
            return stage.played;
        }
    }

    private void play(Step step, boolean json) throws IOException {
        switch (step) {
            case Step.MoveOn(Duration time) -> timeline.moveOn(time);
            case Step.Forget ignored -> router.forgetEverything();
            case Step.Command(List<String> words, boolean takesJson) -> play(words, json && takesJson);
        }
    }

    private void play(List<String> words, boolean json) throws IOException {
        List<String> arguments = new ArrayList<>(words);
        if (json) {
            arguments.add("--json");
        }
        arguments.replaceAll(this::filled);
        List<EmbeddedRouter> routers =
                Stream.concat(Stream.of(router), router.neighbours().stream()).toList();
        List<Integer> before =
                routers.stream().map(some -> some.arrivals().size()).toList();
        InProcess.Outcome outcome = InProcess.run(
                router,
                timeline.machine(),
                Map.of("XDG_STATE_HOME", home.toString(), "XDG_CONFIG_HOME", home.toString()),
                arguments);
        LockSupport.parkNanos(SETTLING);
        Traffic traffic = new Traffic(masks);
        for (int i = 0; i < routers.size(); i++) {
            List<Arrival> all = routers.get(i).arrivals();
            traffic.add(i == 0 ? "" : "neighbour ", all.subList(before.get(i), all.size()));
        }
        ObjectNode record = played.addObject();
        record.put("ajar", String.join(" ", words));
        record.put("exit", outcome.exitCode());
        answer(record, outcome.out(), json);
        List<String> err = masks.lines(outcome.err());
        // What took longer than a second depends on the machine.
        lines(record, "err", err.stream().filter(line -> !line.endsWith(" …")).toList());
        lines(
                record,
                "progress",
                err.stream().filter(line -> line.endsWith(" …")).toList());
        lines(record, "searches", traffic.searches());
        lines(record, "requests", traffic.requests());
        lines(record, "table", router.table().stream().map(masks::text).toList());
        files(record);
    }

    private String filled(String word) {
        return word.replace("{home}", home.toString())
                .replace("{host}", router.address().getHostAddress())
                .replace("{port}", "" + router.location().getPort());
    }

    private void answer(ObjectNode record, String out, boolean json) {
        if (json) {
            try {
                record.set("json", masks.json(JSON.readTree(out)));
                return;
            } catch (JacksonException e) {
                record.put("bad_json", String.valueOf(e.getMessage()));
            }
        }
        lines(record, "out", masks.lines(out));
    }

    /** The state files, and a report that was asked for. */
    private void files(ObjectNode record) throws IOException {
        Path bundle = home.resolve(BUNDLE);
        if (Files.exists(bundle)) {
            lines(
                    record,
                    "bundle",
                    Files.readAllLines(bundle).stream().map(masks::text).toList());
            Files.delete(bundle);
        }
        ObjectNode state = record.putObject("state");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                state.set(String.valueOf(home.relativize(file)), content(file));
            }
        }
    }

    private JsonNode content(Path file) throws IOException {
        String text = Files.readString(file);
        // The copy of the previous state file ends in .prev.
        return text.startsWith("{")
                ? masks.json(JSON.readTree(text))
                : JSON.getNodeFactory().stringNode(masks.text(text));
    }

    private static void lines(ObjectNode record, String name, List<String> lines) {
        if (!lines.isEmpty()) {
            ArrayNode array = record.putArray(name);
            lines.forEach(array::add);
        }
    }
}
