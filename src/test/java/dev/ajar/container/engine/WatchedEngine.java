package dev.ajar.container.engine;

import static org.awaitility.Awaitility.await;

import dev.ajar.container.Container;
import dev.ajar.container.EngineAddress;
import dev.ajar.message.Message;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.FakeEngine;
import dev.ajar.testing.ManualTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine that the test scripts, and what is heard of it. */
abstract class WatchedEngine {
    static final Duration LONG = Duration.ofMinutes(10);
    static final Duration SHORT = Duration.ofMillis(20);
    static final String WEB = FakeEngine.container("id1", "web", "80", 80, 8080);
    static final String GAME = FakeEngine.container("id2", "game", "25565", 25565, 25565);

    @TempDir
    Path folder = Path.of(".");

    final List<List<Container>> reports = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    FakeEngine engine() {
        FakeEngine engine = new FakeEngine(folder.resolve("e.sock"));
        opened.add(engine);
        return engine;
    }

    void watch(EngineWatch.Pace pace) {
        watch(pace, new SystemTimeline());
    }

    void watch(EngineWatch.Pace pace, Timeline timeline) {
        EngineWatch watch = new EngineWatch(
                new EngineAddress.Unix(folder.resolve("e.sock")), timeline, pace, new EngineWatch.Listener() {
                    @Override
                    public void containers(String engine, List<Container> containers) {
                        reports.add(containers);
                    }

                    @Override
                    public void told(Message sentence) {
                        told.add(sentence.toString());
                    }
                });
        watch.start();
        opened.add(watch::stop);
    }

    /** Nothing happens by itself within the test. */
    void watch() {
        watch(new EngineWatch.Pace(SHORT, LONG, SHORT, SHORT, LONG, LONG));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    /** Time that the test counts, of which some passes again and again meanwhile. */
    static void never(ManualTimeline timeline, Duration passing, Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2))
                .during(Duration.ofMillis(200))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    timeline.advance(passing);
                    return !condition.call();
                });
    }

    static void until(ManualTimeline timeline, Duration passing, Callable<Boolean> condition) {
        until(() -> {
            timeline.advance(passing);
            return condition.call();
        });
    }

    void untilKnown(String... names) {
        until(() -> !reports.isEmpty()
                && reports.getLast().stream().map(Container::name).toList().equals(List.of(names)));
    }

    /** How often the containers were listed. */
    static int lists(FakeEngine engine) {
        return (int) engine.requests().stream()
                .filter(one -> one.contains("/containers/json"))
                .count();
    }
}
