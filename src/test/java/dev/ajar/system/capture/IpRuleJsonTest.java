package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
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
}
