package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Result;
import dev.ajar.testing.WorkLimit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of rules that no home router has. */
@Tag("hostile")
class LongListsTest extends AdminGatewayFixture {
    /** All that is allocated while the router sends some ten megabytes, of which a quarter of one is read. */
    private static final long MOST_MEMORY = 16L << 20;

    /** What one request allocates; one make is asked for each rule, a thousand times at most. */
    private static final long A_REQUEST = 256L << 10;

    @ParameterizedTest
    @EnumSource
    void a_list_longer_than_any_is_unknown(Make make) {
        FakeInterface fake = start(make);
        for (int i = 0; i < 100_000; i++) {
            fake.addForeign(new Rule("r" + i, "tcp", 1 + i % 20_000, "192.168.1.9", 80));
        }
        Gateway gateway = gateway(make, fake);
        // Once before, since the first login of a process links many classes.
        assertThat(gateway.list(deadline())).isInstanceOf(Result.Err.class);
        WorkLimit.Cost cost =
                WorkLimit.run(() -> assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class));
        assertThat(cost.allocatedBytes())
                .isLessThan(make == Make.DIGEST_SOAP ? RuleList.MOST * A_REQUEST : MOST_MEMORY);
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
