package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.daemon.CommandThreads;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.ServiceRequest;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.StateStore;
import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReportCacheTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ServiceRequest.Look LOOK = new ServiceRequest.Look(GatewaySelector.AUTO, false, TIMEOUT);

    /** Each task at once, on the caller's thread. */
    private static final CommandThreads AT_ONCE = new CommandThreads() {
        @Override
        public <T> CompletableFuture<T> submit(Function<StateStore, T> task) {
            return CompletableFuture.completedFuture(task.apply(new MemoryStateStore()));
        }
    };

    private final ManualTimeline timeline = new ManualTimeline();
    private Duration lasts = Duration.ZERO;
    private String answer = "well";
    private int looks;

    private final ReportCache<String> cache = new ReportCache<>((request, store) -> look(), "well"::equals, timeline);

    private String look() {
        timeline.advance(lasts);
        looks++;
        return answer;
    }

    @Test
    void a_router_that_takes_long_is_left_alone_for_a_while() throws InterruptedException {
        lasts = Duration.ofSeconds(2);
        cache.look(LOOK, AT_ONCE);
        assertThat(cache.look(LOOK, AT_ONCE).isFresh()).isFalse();
        assertThat(looks).isEqualTo(1);

        timeline.advance(Duration.ofSeconds(15));
        assertThat(cache.look(LOOK, AT_ONCE).isFresh()).isTrue();
        assertThat(looks).isEqualTo(2);
    }

    /** One that refuses while it starts is well a moment later, and costs nothing meanwhile. */
    @Test
    void a_router_that_refuses_at_once_is_asked_again_at_the_next_look() throws InterruptedException {
        answer = "refused";
        assertThat(cache.look(LOOK, AT_ONCE).failed()).isTrue();

        answer = "well";
        ReportCache.Seen<String> seen = cache.look(LOOK, AT_ONCE);
        assertThat(seen.failed()).isFalse();
        assertThat(seen.latest()).contains("well");
    }
}
