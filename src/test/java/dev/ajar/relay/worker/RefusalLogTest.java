package dev.ajar.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final RefusalLog refusalLog = new RefusalLog();

    private List<String> at(int second, long refused) {
        RuleStatus status = new RuleStatus(
                new RuleKey(TransportProtocol.TCP, new Port(1)),
                new Endpoint(Samples.ip("192.168.1.20"), new Port(1)),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                Map.of(Refusal.FULL, refused));
        return refusalLog.of(List.of(status), Duration.ofSeconds(second)).stream()
                .map(Message::toString)
                .toList();
    }

    @Test
    void the_first_refusal_is_logged_at_once_and_later_ones_together() {
        assertThat(at(0, 3)).containsExactly("not relayed  tcp 1: 3 all places taken");
        for (int second = 1; second < 10; second++) {
            assertThat(at(second, 3 + second * 1000L)).isEmpty();
        }
        assertThat(at(10, 10_003)).containsExactly("not relayed  tcp 1: 10000 all places taken");
        assertThat(at(30, 10_003)).isEmpty();
    }

    @Test
    void the_counters_of_a_reopened_rule_start_at_zero() {
        assertThat(at(0, 500)).hasSize(1);
        assertThat(at(20, 2)).containsExactly("not relayed  tcp 1: 2 all places taken");
    }
}
