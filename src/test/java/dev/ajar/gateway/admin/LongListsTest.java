package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of rules that no home router has. */
@Tag("hostile")
class LongListsTest extends AdminGatewayFixture {
    @ParameterizedTest
    @EnumSource
    void a_list_longer_than_any_is_unknown(Make make) {
        FakeInterface fake = start(make);
        for (int i = 0; i < 100_000; i++) {
            fake.addForeign(new Rule("r" + i, "tcp", 1 + i % 20_000, "192.168.1.9", 80));
        }
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).hasSize(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void five_hundred_rules_are_read_and_more_than_a_thousand_are_not_believed(Make make) {
        FakeInterface fake = start(make);
        for (int i = 0; i < 500; i++) {
            fake.addForeign(new Rule("r" + i, "udp", 20_000 + i, "192.168.1.9", 80));
        }
        Gateway gateway = gateway(make, fake);
        assertThat(gateway.list(deadline()).toOptional().orElseThrow().partial())
                .isEmpty();
        for (int i = 500; i < 1001; i++) {
            fake.addForeign(new Rule("r" + i, "udp", 20_000 + i, "192.168.1.9", 80));
        }
        assertThat(gateway.list(deadline())).isInstanceOf(Result.Err.class);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).hasSize(1001);
    }
}
