package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.capture.LinuxSource;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.testing.ManualTimeline;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Were its files read as those of no network, the cache would lack what every command at home uses. */
class TrainingKernelTest {
    private final NetworkView network =
            new SystemNetworkView(new LinuxSource(new TrainingKernel(), new ManualTimeline())).once();

    @Test
    void it_is_a_machine_at_home_with_one_way_out() {
        assertThat(network.routes())
                .containsExactly(new LocalRoute(
                        "eth0", Addresses.ipv4("192.168.1.20").orElseThrow(), 24, Addresses.ipv4("192.168.1.1")));
        assertThat(network.missingHome()).isEmpty();
        assertThat(network.neighboursNow()).hasSize(1);
    }

    @Test
    void its_answers_take_that_way() {
        assertThat(network.machine()
                        .answer(Addresses.ipv4("192.168.1.20").orElseThrow())
                        .known())
                .map(KernelRoute.Known::nextHop)
                .contains(Optional.of(Addresses.ipv4("192.168.1.1").orElseThrow()));
    }
}
