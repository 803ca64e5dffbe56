package dev.ajar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections are admitted. */
class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;

    private static RelayLimits limits(int most, int fromOne, int rate) {
        return RelayLimits.standard(Duration.ofMinutes(1))
                .withConnections(most, fromOne)
                .withRate(rate);
    }

    private static boolean isIn(Admission admission, ClientSource source, long now) {
        return admission.enter(source, now) instanceof Admission.Entry.In;
    }

    private static Place in(Admission admission, ClientSource source, long now) {
        return admission.enter(source, now) instanceof Admission.Entry.In(Place place, var unused)
                ? place
                : fail("refused");
    }

    private static Admission.Entry out(Refusal why) {
        return new Admission.Entry.Out(why);
    }

    private static ClientSource v4(int number) {
        return ClientSource.of(Addresses.ipv4("10.1.%d.%d".formatted(number / 250, 1 + number % 250))
                .orElseThrow());
    }

    /** X11. */
    @Test
    void all_addresses_of_one_ipv6_network_are_one_source() {
        Admission admission = new Admission(limits(2000, 32, 0), new ConnectionLimit(9999), true, 0);
        int in = 0;
        for (int i = 0; i < 5000; i++) {
            InetAddress address =
                    Addresses.ipv6("2001:db8:1:2::" + Integer.toHexString(i)).orElseThrow();
            in += isIn(admission, ClientSource.of(address), 0) ? 1 : 0;
        }
        assertThat(in).isEqualTo(32);
        InetAddress neighbour = Addresses.ipv6("2001:db8:1:3::1").orElseThrow();
        assertThat(isIn(admission, ClientSource.of(neighbour), 0)).isTrue();
    }

    @Test
    void those_with_most_connections_are_told_first() {
        Admission admission = new Admission(limits(100, 100, 0), new ConnectionLimit(9999), true, 0);
        ClientSource site = ClientSource.of(Addresses.ipv6("2001:db8:1:2::9").orElseThrow());
        List<Place> its = List.of(in(admission, v4(1), 0), in(admission, v4(1), 0), in(admission, v4(1), 0));
        in(admission, site, 0);
        in(admission, site, 0);
        in(admission, v4(251), 0);
        assertThat(admission.clients(2))
                .containsExactly(new ClientCount("10.1.0.2", 3), new ClientCount("2001:db8:1:2::/64", 2));
        its.forEach(admission::leave);
        assertThat(admission.clients(9))
                .containsExactly(new ClientCount("2001:db8:1:2::/64", 2), new ClientCount("10.1.1.2", 1));
    }

    @Test
    void the_last_places_are_for_sources_that_have_none() {
        Admission admission = new Admission(limits(100, 100, 0), new ConnectionLimit(9999), true, 0);
        List<Place> its = new ArrayList<>();
        for (int i = 0; i < 95; i++) {
            its.add(in(admission, v4(1), 0));
        }
        assertThat(admission.enter(v4(1), 0)).isEqualTo(out(Refusal.FULL));
        assertThat(isIn(admission, v4(2), 0)).isTrue();
        assertThat(admission.enter(v4(2), 0)).isEqualTo(out(Refusal.FULL));
        admission.leave(its.get(0));
        admission.leave(its.get(1));
        assertThat(isIn(admission, v4(1), 0)).isTrue();
        assertThat(admission.present()).isEqualTo(95);
    }

    @Test
    void all_rules_share_one_limit_and_the_largest_gives() {
        ConnectionLimit shared = new ConnectionLimit(40);
        Admission one = new Admission(limits(100, 100, 0), shared, true, 0);
        Admission other = new Admission(limits(100, 100, 0), shared, true, 0);
        for (int i = 0; i < 40; i++) {
            assertThat(isIn(i % 4 == 0 ? one : other, v4(i), i)).as("%d", i).isTrue();
        }
        assertThat(one.enter(v4(0), 99)).isEqualTo(out(Refusal.FULL));
        assertThat(isIn(one, v4(99), 99)).isTrue();
        assertThat(one.present()).isEqualTo(11);
        assertThat(other.present()).isEqualTo(29);
    }

    @Test
    void so_many_a_second_and_a_few_at_once() {
        Admission admission = new Admission(limits(1000, 1000, 20), new ConnectionLimit(9999), true, 0);
        int in = 0;
        for (int i = 0; i < 100; i++) {
            in += isIn(admission, v4(1), 0) ? 1 : 0;
        }
        assertThat(in).isEqualTo(60);
        assertThat(admission.enter(v4(1), SECOND / 100)).isEqualTo(out(Refusal.TOO_FAST));
        assertThat(isIn(admission, v4(1), SECOND / 10)).isTrue();
        // All sources together: ten times as many.
        int all = 0;
        for (int i = 2; i < 2000; i++) {
            all += isIn(admission, v4(i), SECOND / 10) ? 1 : 0;
        }
        assertThat(all).isBetween(400, 600);
    }

    /** A refused source must not use memory for ever, and one that comes back must not start with a full rate. */
    @Test
    void a_source_is_forgotten_once_it_has_not_tried_for_some_time() {
        Admission admission = new Admission(limits(1000, 1000, 20), new ConnectionLimit(9999), true, 0);
        for (int i = 0; i < 60; i++) {
            admission.leave(in(admission, v4(1), 0));
        }
        admission.forget(4 * SECOND);
        assertThat(admission.sources()).isEqualTo(1);
        admission.forget(60 * SECOND);
        assertThat(admission.sources()).isZero();
    }

    /** A source that connects too fast must not end another connection. */
    @Test
    void too_fast_is_checked_before_full() {
        Admission admission = new Admission(limits(20, 20, 1), new ConnectionLimit(9999), true, 0);
        for (int i = 0; i < 30; i++) {
            admission.enter(v4(i), 0);
        }
        assertThat(admission.enter(v4(77), 0)).isEqualTo(out(Refusal.TOO_FAST));
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
