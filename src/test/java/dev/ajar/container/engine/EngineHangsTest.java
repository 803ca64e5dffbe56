package dev.ajar.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.FakeEngine;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An engine that takes requests and answers none. Each of them has ten real seconds. */
@Tag("hostile")
class EngineHangsTest extends WatchedEngine {
    /** Its connections stay open, and without an event nothing would be asked until the next list. */
    @Test
    void an_engine_that_hangs_is_noticed_by_a_ping() {
        FakeEngine engine = engine();
        engine.containers(WEB);
        Duration ping = Duration.ofMillis(300);
        watch(new EngineWatch.Pace(SHORT, LONG, SHORT, SHORT, ping.multipliedBy(2), ping));
        untilKnown("web");
        // One that answers 404, as the engine of a test does, answers.
        until(() ->
                engine.requests().stream().filter(one -> one.contains("_ping")).count() > 2);
        assertThat(told).hasSize(1);

        engine.hang("/_ping");
        until(() -> told.size() >= 2);
        assertThat(told.get(1)).contains("no answer");
        engine.hang("/containers/json");
        untilKnown();
        engine.goOn();
        untilKnown("web");
    }
}
