package dev.ajar.keeper.decision;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A VPN that takes what this machine answers is told once, and once that it has gone. */
class AnswerWatchTest {
    private static final KernelRoute HOME = new KernelRoute.Known(HERE, ROUTE.interfaceName(), Optional.of(GATEWAY));
    private static final KernelRoute TUNNEL = new KernelRoute.Known(HERE, "wg0", Optional.empty());

    private final Home home = new Home();
    private final AnswerWatch watch = new AnswerWatch(home);
    private List<TrackedMapping> tracked = List.of(TrackedMapping.initial(
            new DesiredMapping(
                    Samples.tcp(25565), GatewaySelector.AUTO, new Owner.User(), Instant.EPOCH, Optional.empty()),
            new MappingState.Inactive(Duration.ZERO, 1, true, Optional.empty())));

    private static final class Home implements NetworkView {
        private KernelRoute answer = HOME;

        @Override
        public List<LocalRoute> routes() {
            return List.of(ROUTE);
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return Optional.of(ROUTE);
        }

        @Override
        public Machine machine(IpVersion answers) {
            return new Machine(
                    List.of(link(2, ROUTE.interfaceName(), LinkKind.ETHERNET), link(3, "wg0", LinkKind.TUNNEL)),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of(HERE, answer),
                    Map.of(),
                    Map.of(),
                    Machine.Depth.ASKED);
        }

        private static Link link(int number, String name, LinkKind kind) {
            return new Link(number, name, kind, true, true, Optional.empty(), List.of(), List.of());
        }
    }

    private void after(KernelRoute answer, KeeperEvent... events) {
        home.answer = answer;
        assertThat(watch.changed(tracked)).isEqualTo(List.of(events).stream().findFirst());
        assertThat(watch.changed(tracked)).isEmpty();
    }

    @Test
    void each_change_is_told_once() {
        after(HOME);
        after(TUNNEL, new KeeperEvent.AnswersLost(Optional.of("wg0")));
        after(new KernelRoute.Unreachable(), new KeeperEvent.AnswersLost(Optional.empty()));
        after(HOME, new KeeperEvent.AnswersBack());
    }

    @Test
    void what_cannot_be_told_is_no_loss() {
        after(new KernelRoute.CannotBeTold());
    }

    @Test
    void without_an_open_port_no_friend_waits_for_an_answer() {
        tracked = List.of();
        after(TUNNEL);
    }
}
