package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.keeper.model.RenewalPolicy;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When to renew, when to verify, and when to retry. */
class PolicyTest {
    private final RenewalPolicy policy = new RenewalPolicy(new Random(1));

    private static Lease lease(LeaseDuration granted) {
        var claim = new FakeGateway(PxpProtocols.PCP).claim(Samples.tcp(1), Optional.empty());
        return new Lease(
                claim,
                claim.mapping().externalPort(),
                granted,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    @Test
    void a_lease_is_renewed_after_half_of_it_then_at_three_quarters_and_seven_eighths() {
        Lease hour = lease(LeaseDuration.ofSeconds(3600));
        Duration start = Duration.ofSeconds(100);
        for (int i = 0; i < 1000; i++) {
            assertThat(policy.nextRenewal(hour, start, 0, start).orElseThrow())
                    .isBetween(start.plusSeconds(1800), start.plusSeconds(2250));
        }
        assertThat(policy.nextRenewal(hour, start, 1, start)).contains(start.plusSeconds(2700));
        assertThat(policy.nextRenewal(hour, start, 2, start)).contains(start.plusSeconds(3150));
        Duration last = start.plusSeconds(3600);
        for (int failures : new int[] {9, 20, 34, 40, Integer.MAX_VALUE}) {
            assertThat(policy.nextRenewal(hour, start, failures, start))
                    .as("%d", failures)
                    .contains(last);
        }
        assertThat(policy.nextRenewal(hour, start, 3, start).orElseThrow())
                .isBetween(start.plusSeconds(3150), start.plusSeconds(3600));
        assertThat(policy.nextRenewal(lease(LeaseDuration.PERMANENT), start, 0, start))
                .isEmpty();
    }

    @Test
    void more_mappings_are_verified_less_often_but_within_five_minutes() {
        assertThat(policy.nextVerification(1, Duration.ZERO)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
        assertThat(policy.nextVerification(1000, Duration.ZERO))
                .isBetween(Duration.ofSeconds(270), Duration.ofMinutes(5));
    }

    @Test
    void a_refusal_is_retried_less_often_than_a_silence() {
        Backoff backoff = new Backoff(new Random(1));
        Failure silence = new Failure.TimedOut(Message.verbatim("x"));
        Duration waited = Duration.ZERO;
        for (int failures = 1; waited.compareTo(Duration.ofMinutes(2)) < 0; failures++) {
            assertThat(backoff.after(silence, failures)).isLessThanOrEqualTo(Duration.ofSeconds(8));
            waited = waited.plus(backoff.after(silence, failures));
        }
        assertThat(backoff.after(silence, 1000)).isEqualTo(Duration.ofSeconds(25));
        Failure full = new Failure.NoResources(Message.verbatim("x"), Optional.empty());
        assertThat(backoff.after(full, 1)).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(backoff.after(full, 1000)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    /** RFC 6887 section 7.4; at most the half hour that the RFC recommends for long errors. */
    @ParameterizedTest
    @CsvSource({"0, 30", "5, 30", "1200, 1200", "1800, 1800", "86400, 1800"})
    void a_wait_that_the_router_asks_for_is_kept_up_to_half_an_hour(long asked, long waited) {
        RouterError error = new RouterError(PxpProtocols.PCP, 8, RouterText.EMPTY, Duration.ofSeconds(asked));
        Failure full = new Failure.NoResources(Message.verbatim("x"), Optional.of(error));

        assertThat(new Backoff(new Random(1)).after(full, 1))
                .isBetween(Duration.ofSeconds(waited).multipliedBy(9).dividedBy(10), Duration.ofSeconds(waited));
        assertThat(new Backoff(new Random(1)).after(full, 1))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(Math.min(asked, 1800)));
    }
}
