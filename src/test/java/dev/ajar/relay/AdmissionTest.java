package dev.ajar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which connections are admitted. */
class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;

    private static final Optional<Refusal> IN = Optional.empty();

    private static RelayLimits limits(int most, int fromOne, int rate) {
        return RelayLimits.standard(Duration.ofMinutes(1))
                .withConnections(most, fromOne)
                .withRate(rate);
    }

    private static ClientSource v4(int number) {
        return ClientSource.of(Addresses.ipv4("10.1.%d.%d".formatted(number / 250, 1 + number % 250))
                .orElseThrow());
    }

    /** X11. */
    @Test
    void all_addresses_of_one_ipv6_network_are_one_source() {
        Admission admission = new Admission(limits(2000, 32, 0), new ConnectionLimit(9999), 0);
        int in = 0;
        for (int i = 0; i < 5000; i++) {
            InetAddress address =
                    Addresses.ipv6("2001:db8:1:2::" + Integer.toHexString(i)).orElseThrow();
            in += admission.enter(ClientSource.of(address), 0).isEmpty() ? 1 : 0;
        }
        assertThat(in).isEqualTo(32);
        assertThat(admission.sources()).isEqualTo(1);
        InetAddress neighbour = Addresses.ipv6("2001:db8:1:3::1").orElseThrow();
        assertThat(admission.enter(ClientSource.of(neighbour), 0)).isEqualTo(IN);
    }

    @Test
    void the_last_places_are_for_sources_that_have_none() {
        Admission admission = new Admission(limits(100, 100, 0), new ConnectionLimit(9999), 0);
        for (int i = 0; i < 95; i++) {
            assertThat(admission.enter(v4(1), 0)).isEqualTo(IN);
        }
        assertThat(admission.enter(v4(1), 0)).contains(Refusal.FULL);
        assertThat(admission.enter(v4(2), 0)).isEqualTo(IN);
        assertThat(admission.enter(v4(2), 0)).contains(Refusal.FULL);
        admission.leave(v4(1));
        admission.leave(v4(1));
        assertThat(admission.enter(v4(1), 0)).isEqualTo(IN);
        assertThat(admission.present()).isEqualTo(95);
    }

    @Test
    void all_rules_share_one_limit() {
        ConnectionLimit shared = new ConnectionLimit(40);
        Admission one = new Admission(limits(100, 100, 0), shared, 0);
        Admission other = new Admission(limits(100, 100, 0), shared, 0);
        for (int i = 0; i < 40; i++) {
            assertThat((i % 2 == 0 ? one : other).enter(v4(i), 0)).as("%d", i).isEqualTo(IN);
        }
        assertThat(one.enter(v4(99), 0)).contains(Refusal.FULL);
        other.leave(v4(1));
        assertThat(one.enter(v4(99), 0)).isEqualTo(IN);
    }

    @Test
    void so_many_a_second_and_a_few_at_once() {
        Admission admission = new Admission(limits(1000, 1000, 20), new ConnectionLimit(9999), 0);
        int in = 0;
        for (int i = 0; i < 100; i++) {
            in += admission.enter(v4(1), 0).isEmpty() ? 1 : 0;
        }
        assertThat(in).isEqualTo(60);
        assertThat(admission.enter(v4(1), SECOND / 100)).contains(Refusal.TOO_FAST);
        assertThat(admission.enter(v4(1), SECOND / 10)).isEqualTo(IN);
        // All sources together: ten times as many.
        int all = 0;
        for (int i = 2; i < 2000; i++) {
            all += admission.enter(v4(i), SECOND / 10).isEmpty() ? 1 : 0;
        }
        assertThat(all).isBetween(500, 600);
    }

    /** A refused source must not use memory for ever, and one that comes back must not start with a full rate. */
    @Test
    void a_source_is_forgotten_once_its_rate_is_full_again() {
        Admission admission = new Admission(limits(1000, 1000, 20), new ConnectionLimit(9999), 0);
        for (int i = 0; i < 60; i++) {
            admission.enter(v4(1), 0);
        }
        for (int i = 0; i < 60; i++) {
            admission.leave(v4(1));
        }
        admission.forget(SECOND);
        assertThat(admission.sources()).isEqualTo(1);
        admission.forget(4 * SECOND);
        assertThat(admission.sources()).isZero();
    }

    /** A source that connects too fast must not end another connection. */
    @Test
    void too_fast_is_checked_before_full() {
        Admission admission = new Admission(limits(20, 20, 1), new ConnectionLimit(9999), 0);
        for (int i = 0; i < 30; i++) {
            admission.enter(v4(i), 0);
        }
        assertThat(admission.enter(v4(77), 0)).contains(Refusal.TOO_FAST);
    }

    @Test
    void descriptors_are_reserved() {
        assertThat(ConnectionLimit.within(4096 + 256).most()).isEqualTo(2048);
        assertThat(ConnectionLimit.within(256).most()).isEqualTo(64);
        assertThat(ConnectionLimit.within(1 << 20).most()).isEqualTo(20_000);
        ConnectionLimit few = ConnectionLimit.within(330);
        few.keepForListeners(100);
        assertThat(few.most()).isEqualTo(32);
    }
}
