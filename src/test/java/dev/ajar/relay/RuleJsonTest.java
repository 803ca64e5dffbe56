package dev.ajar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleJsonTest {
    private static JsonObject read(Map<String, Object> json) {
        return JsonReader.read(JsonWriter.write(json).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_rule_survives_writing_and_reading() {
        RelayRule rule = new RelayRule(
                TransportProtocol.TCP,
                new Port(80),
                new Port(8080),
                new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), new Port(81)),
                List.of(
                        Subnet.parse("203.0.113.9/24").orElseThrow(),
                        Subnet.parse("2001:db8::/32").orElseThrow()),
                RelayLimits.standard(Duration.ofMinutes(3)).withConnections(9, 2),
                Optional.of(RelayRule.ProxyHeader.V2));

        assertThat(RuleJson.rule(read(RuleJson.of(rule)))).isEqualTo(rule);
    }

    @Test
    void a_status_survives_writing_and_reading() {
        RuleStatus status = new RuleStatus(
                new RuleKey(TransportProtocol.UDP, new Port(9)),
                new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), new Port(9)),
                Optional.of(new RuleProblem(RuleProblem.ProblemKind.TAKEN, Message.verbatim("another program"))),
                1,
                2,
                3,
                4,
                5,
                Map.of(Refusal.LOOP, 6L, Refusal.FULL, 7L),
                List.of(new ClientCount("203.0.113.7", 2), new ClientCount("2001:db8::/64", 1)));

        assertThat(RuleJson.status(read(RuleJson.of(status)))).isEqualTo(status);
    }

    @Test
    void orders_survive_writing_and_reading() {
        RuleKey stopped = new RuleKey(TransportProtocol.TCP, new Port(80));
        RelayRule rule = new RelayRule(
                TransportProtocol.TCP,
                new Port(80),
                new Port(8080),
                new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), new Port(81)),
                List.of(),
                RelayLimits.standard(Duration.ofMinutes(3)),
                Optional.empty());
        RelayOrders orders = new RelayOrders(RelayReport.RunBy.DAEMON, List.of(rule), Set.of(stopped));

        assertThat(RuleJson.orders(read(RuleJson.of(orders)))).isEqualTo(orders);
    }

    @Test
    void what_a_user_has_stopped_is_told_in_the_users_language() {
        RuleStatus stopped = new RuleStatus(
                new RuleKey(TransportProtocol.UDP, new Port(9)),
                new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), new Port(9)),
                Optional.of(RuleProblem.stopped()),
                0,
                0,
                0,
                0,
                0,
                Map.of());

        assertThat(RuleJson.status(read(RuleJson.of(stopped))).trouble())
                .contains(new RuleProblem(RuleProblem.ProblemKind.STOPPED, Message.of("relaying.stopped")));
    }

    @Test
    void an_invalid_rule_is_reported() {
        assertThatThrownBy(() -> RuleJson.rule(read(Map.of("protocol", "ICMP"))))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> RuleJson.status(read(Map.of("rule", "tcp 1", "goes_to", "192.168.1.20:1"))))
                .isInstanceOf(JsonException.class);
    }
}
