package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.testing.EventSamples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookEnvironmentTest {
    private static final Failure REFUSED = new Failure.NoGateway(Message.verbatim("no router answered"));

    private static String stillOpen(Failure failure, boolean renewed) {
        KeeperEvent.Failed failed = new KeeperEvent.Failed(
                EventSamples.DESIRED, failure, renewed ? Optional.of(EventSamples.LEASE) : Optional.empty());
        return HookEnvironment.of(failed).getOrDefault("AJAR_STILL_OPEN", "not told");
    }

    @Test
    void a_failed_opening_names_the_ports_that_are_open_all_the_same() {
        String own = EventSamples.LEASE.externalPort().toString();

        assertThat(stillOpen(REFUSED, false)).isEmpty();
        assertThat(stillOpen(REFUSED, true)).isEqualTo(own);
        assertThat(stillOpen(new Failure.LeftOpen(REFUSED, List.of(new Port(40001), new Port(40002))), true))
                .isEqualTo(own + " 40001 40002");
    }
}
