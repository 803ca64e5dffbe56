package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routers that take 20 seconds for each rule. */
class SlowInterfacesTest extends AdminGatewayFixture {
    private static final Duration A_RULE = Duration.ofSeconds(20);

    /** The time of a command of which the user said nothing. */
    private Deadline usual() {
        return TimeBudget.of(timeline, TimeBudget.DEFAULT).whole();
    }

    /** From now on the requests of an exchange take 20 seconds together. */
    private void slow(FakeInterface fake, int requests) {
        fake.beforeAnswering(() -> timeline.passes(A_RULE.dividedBy(requests)));
    }

    private int requestsOf(FakeInterface fake, Runnable exchange) {
        int before = fake.requests().size();
        exchange.run();
        return fake.requests().size() - before;
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_is_made_and_removed_however_slowly(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        int opening = requestsOf(fake, () -> map(gateway, claim));
        int closing = requestsOf(fake, () -> gateway.unmap(claim, new Port(25565), deadline()));
        assertThat(fake.rules()).isEmpty();

        slow(fake, opening);
        assertThat(gateway.map(claim, GatewayHistory.NONE, usual())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
        slow(fake, closing);
        assertThat(gateway.unmap(claim, new Port(25565), usual())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
        assertThat(fake.openSessions()).isZero();
    }

    /** {@code --timeout 5s} is five seconds. */
    @ParameterizedTest
    @EnumSource
    void a_shorter_time_of_the_user_holds(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        int opening = requestsOf(fake, () -> map(gateway, claim));
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        slow(fake, opening);
        Deadline five = TimeBudget.of(timeline, Duration.ofSeconds(5)).whole();
        assertThat(failure(gateway.map(claim, GatewayHistory.NONE, five)).isSilence())
                .isTrue();
    }

    /** Of ten ports on a router that says nothing, one is waited for. */
    @Test
    void after_a_silence_the_next_request_is_not_waited_for() {
        FakeInterface fake = start(Make.BASIC_REST);
        Gateway gateway = gateway(Make.BASIC_REST, fake);
        fake.beforeAnswering(() -> timeline.passes(Duration.ofSeconds(31)));
        Deadline whole = usual();
        Failure first = failure(gateway.map(claim(gateway), GatewayHistory.NONE, whole));
        assertThat(first.isSilence()).as("%s", first).isTrue();
        int asked = fake.requests().size();
        assertThat(failure(gateway.map(claim(gateway), GatewayHistory.NONE, whole))
                        .isSilence())
                .isTrue();
        assertThat(fake.requests()).hasSize(asked);
    }
}
