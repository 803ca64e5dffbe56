package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpProtocol;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A router that accepts every request and answers none, with fifty mappings on it. */
class SilentRouterTest {
    private final SimWorld world = new SimWorld(3, Set.of(UpnpProtocol.UPNP));

    private void openFifty() {
        for (int i = 0; i < 50; i++) {
            world.want(20_000 + i, Duration.ofMinutes(20));
        }
        assertThat(world.untilAllUp(Duration.ofMinutes(3))).isLessThan(Duration.ofMinutes(3));
    }

    /** Commands that arrive every few seconds; returns how long each waited. */
    private Duration longestWait(Duration time) {
        SimInbox inbox = new SimInbox(world.clock);
        Duration begin = world.clock.elapsed();
        Duration[] longest = {Duration.ZERO};
        IntStream.range(0, (int) time.toSeconds() / 7).forEach(i -> {
            Duration at = begin.plusSeconds(7L * i);
            inbox.addAt(at, () -> {
                Duration waited = world.clock.elapsed().minus(at);
                longest[0] = waited.compareTo(longest[0]) > 0 ? waited : longest[0];
            });
        });
        KeeperLoop loop = new KeeperLoop(world.keeper(), world.clock, inbox, () -> false);
        loop.run(next -> world.clock.elapsed().compareTo(begin.plus(time)) >= 0, bug -> {
            throw bug;
        });
        return longest[0];
    }

    @Test
    void no_command_waits_for_more_than_one_step() {
        openFifty();
        world.router.ignoresMappingRequests = true;
        world.router.table.clear();

        assertThat(longestWait(Duration.ofMinutes(20))).isLessThanOrEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void the_first_silence_postpones_the_other_mappings() {
        for (int i = 0; i < 50; i++) {
            world.want(20_000 + i, Duration.ofMinutes(20));
        }
        world.router.ignoresMappingRequests = true;
        Duration begin = world.clock.elapsed();

        world.keeper().pass();

        assertThat(world.clock.elapsed().minus(begin)).isLessThan(Duration.ofMillis(4300));
        assertThat(world.router.mappingRequests).isLessThanOrEqualTo(8);
    }

    @Test
    void the_end_waits_no_longer_than_it_may() {
        openFifty();
        world.router.upAt = world.clock.elapsed().plusSeconds(3600);
        Duration begin = world.clock.elapsed();

        world.keeper().stop(false, Duration.ofSeconds(4));

        assertThat(world.clock.elapsed().minus(begin)).isLessThanOrEqualTo(Duration.ofMillis(4100));
    }
}
