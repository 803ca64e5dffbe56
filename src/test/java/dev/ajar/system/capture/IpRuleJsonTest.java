package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.machine.RoutingRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRuleJsonTest {
    private static List<RoutingRule.Packets> packets(String members) {
        List<RoutingRule> rules = IpRuleJson.rules(
                "[{\"priority\":100,\"src\":\"all\",\"table\":\"100\"," + members + "}]", IpVersion.IPV4);
        assertThat(rules).hasSize(1);
        return rules.getFirst().packets();
    }

    /** The kernel answers a question for another protocol with an error, which would read like a missing route. */
    @ParameterizedTest
    @CsvSource({"tcp, 6", "6, 6", "ipproto-6, 6", "udp, 17", "ipproto-17, 17"})
    void the_protocols_of_servers_are_asked_by_number(String written, String asked) {
        assertThat(packets("\"ipproto\":\"" + written + "\""))
                .extracting(RoutingRule.Packets::question)
                .containsExactly(List.of("ipproto", asked));
    }

    @ParameterizedTest
    @CsvSource({"esp", "gre", "ipproto-50"})
    void no_other_protocol_is_asked_for(String written) {
        assertThat(packets("\"ipproto\":\"" + written + "\"")).isEmpty();
    }

    @Test
    void a_rule_by_users_is_asked_for_one_of_them_and_for_another() {
        assertThat(packets("\"uid_start\":1000,\"uid_end\":1000"))
                .extracting(RoutingRule.Packets::question)
                .containsExactly(List.of("uid", "1000"), List.of("uid", "1001"));
    }

    /** No friend asks from a low port, so such a rule is about what this machine asks of others. */
    @ParameterizedTest
    @CsvSource({"443, 443, false", "1, 1023, false", "1024, 65535, true", "1, 65535, true"})
    void a_rule_by_the_other_ends_port_matters_where_it_can_be_a_friends(int first, int last, boolean asked) {
        assertThat(packets("\"dport_start\":" + first + ",\"dport_end\":" + last)
                        .isEmpty())
                .isEqualTo(!asked);
    }

    @Test
    void a_server_that_is_bound_to_a_link_is_asked_for() {
        assertThat(packets("\"oif\":\"eth0\""))
                .extracting(RoutingRule.Packets::question)
                .containsExactly(List.of("oif", "eth0"));
        assertThat(packets("\"iif\":\"eth0\"")).isEmpty();
    }

    @Test
    void what_is_told_apart_by_protocol_and_port_alone_is_known() {
        RoutingRule.Packets alone = packets("\"ipproto\":\"tcp\",\"sport_start\":25565,\"sport_end\":25570")
                .getFirst();
        assertThat(alone.description()).isEqualTo("ipproto tcp sport 25565-25570");
        assertThat(alone.protocol()).contains(TransportProtocol.TCP);
        assertThat(List.of(alone.firstPort(), alone.lastPort())).containsExactly(25565, 25570);
        assertThat(alone.otherwise()).isFalse();
        assertThat(packets("\"sport\":22,\"fwmark\":\"0x1\"").getFirst().otherwise())
                .isTrue();
        assertThat(packets("\"sport\":22,\"uid_start\":5,\"uid_end\":5"))
                .extracting(RoutingRule.Packets::question)
                .containsExactly(List.of("uid", "5", "sport", "22"), List.of("uid", "6", "sport", "22"));
    }

    @Test
    void the_rules_of_every_machine_are_known_from_others() {
        assertThat(IpRuleJson.rules("""
                        [{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"},
                         {"priority":32767,"src":"all","table":"default"}]""", IpVersion.IPV4)).hasSize(3).allMatch(RoutingRule::isUsual);
        assertThat(IpRuleJson.rules("""
                        [{"priority":1,"src":"all","uid_start":1,"uid_end":1,"action":"prohibit"},
                         {"priority":2,"src":"192.168.1.20","table":"main"},{"priority":3,"src":"all","table":"200"},
                         {"priority":4,"src":"all","table":"main","suppress_prefixlen":0}]""", IpVersion.IPV4)).hasSize(4).noneMatch(RoutingRule::isUsual);
    }
}
