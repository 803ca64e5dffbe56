package dev.ajar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Messages;
import dev.ajar.message.PseudoLanguage;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class DemoStoryTest {
    private final SystemTimeline timeline = new SystemTimeline();
    private final StringWriter out = new StringWriter();

    @Test
    void the_whole_story_comes_true() {
        boolean well = new DemoStory(
                        router ->
                                EmbeddedWiring.of(router, timeline).actions(new MemoryStateStore(), Progress.silent()),
                        timeline,
                        new PrintWriter(out),
                        Messages.ENGLISH)
                .tell();

        assertThat(out.toString())
                .contains("the server says: welcome, friend")
                .contains("the friend cannot reach it any more")
                .doesNotContain("NOT SO");
        assertThat(well).isTrue();
    }

    /** Here ajar opens the port on another router than the one the friend connects to. */
    @Test
    void a_story_that_does_not_come_true_says_so() throws Exception {
        try (var otherRouter =
                dev.ajar.simulator.EmbeddedRouter.start(dev.ajar.simulator.RouterScript.standard(), timeline)) {
            PortMapper wrong =
                    EmbeddedWiring.of(otherRouter, timeline).actions(new MemoryStateStore(), Progress.silent());

            assertThat(new DemoStory(router -> wrong, timeline, new PrintWriter(out), PseudoLanguage.messages()).tell())
                    .isFalse();
            assertThat(out.toString())
                    .contains("NOT SO")
                    .contains("A HOME ROUTER")
                    .doesNotContain("The ");
        }
    }
}
