package dev.ajar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ajar.testing.MeasurementLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Newcomers get in while others take all they can: attacks on simulated time. */
@Tag("load")
class FairnessTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = SECOND / 1000;
    private static final int SEEDS = 5;

    /** How long an attack has gone on before the first newcomer. */
    private static final long BEFORE = 15 * SECOND;

    /** What those that attack do. */
    enum Attack {
        /** Each connection ends at once. */
        FORTY_SOURCES_700_A_SECOND(40, 700, false),
        FORTY_SOURCES_700_A_SECOND_EACH(40, 28_000, false),
        TWELVE_SOURCES_OF_ONE_NETWORK(12, 2000, true),
        TWO_HUNDRED_SOURCES(200, 2000, false),
        /** One place each, held. */
        TWO_THOUSAND_OF_ONE_48(2000, 180, true),
        TWO_THOUSAND_OF_ONE_48_FAST(2000, 1700, true),
        A_56_OF_A_LARGER_SITE(256, 500, true),
        TWO_THOUSAND_V4_APART(2000, 180, true);

        private final int sources;
        private final int perSecond;
        private final boolean held;

        Attack(int sources, int perSecond, boolean held) {
            this.sources = sources;
            this.perSecond = perSecond;
            this.held = held;
        }

        private ClientSource source(int i) {
            return switch (this) {
                case TWELVE_SOURCES_OF_ONE_NETWORK -> new ClientSource(0x0a000000L | i, false);
                case TWO_THOUSAND_OF_ONE_48, TWO_THOUSAND_OF_ONE_48_FAST ->
                    new ClientSource(0x2001_0db8_0001_0000L | i, true);
                case A_56_OF_A_LARGER_SITE -> new ClientSource(0x2001_0db8_0001_0100L | i, true);
                case FORTY_SOURCES_700_A_SECOND,
                        FORTY_SOURCES_700_A_SECOND_EACH,
                        TWO_HUNDRED_SOURCES,
                        TWO_THOUSAND_V4_APART -> new ClientSource((i + 1000L) * 256 + 7, false);
            };
        }
    }

    /** An attack that goes on while newcomers come. */
    private static final class Scene {
        private final Admission admission;
        private final Random random;
        private final Deque<Place> open = new ArrayDeque<>();
        private final Attack attack;
        private final long between;
        private long next;
        private int turn;

        Scene(Attack attack, long seed) {
            this.attack = attack;
            this.random = new Random(seed);
            this.between = SECOND / attack.perSecond;
            this.admission =
                    new Admission(RelayLimits.standard(Duration.ofHours(2)), new ConnectionLimit(20_000), true, 0);
        }

        /** The attack until then. */
        void until(long time) {
            for (; next < time; next += between) {
                int one = random.nextBoolean() ? turn++ % attack.sources : random.nextInt(attack.sources);
                if (admission.enter(attack.source(one), next) instanceof Admission.Entry.In(Place place, var no)) {
                    if (!attack.held) {
                        admission.leave(place);
                    } else {
                        open.add(place);
                    }
                }
                // Those that hold a place send a byte now and then.
                if (attack.held && !open.isEmpty()) {
                    Place busy = open.poll();
                    busy.moved(next);
                    open.add(busy);
                }
                if (next % SECOND < between) {
                    admission.forget(next);
                }
            }
        }

        /** @return whether it got in within two seconds, trying four times a second */
        boolean comes(ClientSource newcomer, long time) {
            for (long at = time; at <= time + 2 * SECOND; at += 250 * MILLI) {
                until(at);
                if (admission.enter(newcomer, at) instanceof Admission.Entry.In(Place place, var unused)) {
                    place.moved(at);
                    return true;
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void honest_newcomers_get_in_within_two_seconds(Attack attack) {
        int in = 0;
        int tries = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Scene scene = new Scene(attack, seed);
            for (int i = 0; i < 20; i++) {
                ClientSource newcomer = i % 2 == 0
                        ? new ClientSource(0xcb007100L + 4096L * i + 9, false)
                        : new ClientSource(0x2a00_1234_0000_0000L + ((long) i << 20), true);
                tries++;
                in += scene.comes(newcomer, BEFORE + i * 200L * MILLI) ? 1 : 0;
            }
        }
        MeasurementLog.record(
                "relay-fair-" + attack.name(), "%s: %d of %d newcomers got in".formatted(attack, in, tries));
        assertThat(in).isGreaterThanOrEqualTo(tries * 95 / 100);
    }

    /** One household that comes back five times a second beside forty others that come 17 times. */
    @Test
    void a_source_that_comes_back_often_gets_in_beside_those_that_come_more_often() {
        Scene scene = new Scene(Attack.FORTY_SOURCES_700_A_SECOND, 1);
        ClientSource honest = new ClientSource(0xcb007109L, false);
        int in = 0;
        for (long at = BEFORE; at < BEFORE + 20 * SECOND; at += SECOND / 5) {
            scene.until(at);
            if (scene.admission.enter(honest, at) instanceof Admission.Entry.In(Place place, var unused)) {
                scene.admission.leave(place);
                in++;
            }
        }
        assertThat(in).isGreaterThanOrEqualTo(95);
    }

    /** Datagrams whose address is random, which no answer reaches; newcomers send again after half a second. */
    @ParameterizedTest
    @ValueSource(ints = {3000, 20_000})
    void forged_datagrams_keep_no_newcomer_out(int perSecond) {
        Random random = new Random(perSecond);
        Admission admission =
                new Admission(RelayLimits.standard(RelayLimits.UDP_IDLE), new ConnectionLimit(20_000), false, 0);
        ClientSource known = new ClientSource(0x5db80001L, false);
        assertThat(admission.enter(known, 0)).isInstanceOf(Admission.Entry.In.class);
        List<ClientSource> waiting = new ArrayList<>();
        int came = 0;
        int in = 0;
        long between = SECOND / perSecond;
        for (long at = between; at < 20 * SECOND; at += between) {
            admission.enter(new ClientSource(random.nextInt() & 0xffffffffL, false), at);
            if (at % (SECOND / 2) < between) {
                long now = at;
                int before = waiting.size();
                waiting.removeIf(one -> admission.enter(one, now) instanceof Admission.Entry.In);
                in += before - waiting.size();
                if (at > 10 * SECOND && at < 18 * SECOND) {
                    waiting.add(new ClientSource(0xc6336400L + 65_536L * came++, false));
                }
                admission.forget(at);
            }
        }
        assertThat(in).isEqualTo(came);
        assertThat(admission.present()).isLessThanOrEqualTo(2000);
        assertThat(admission.sources()).isLessThanOrEqualTo(32_768);
    }

    /**
     * Sessions of real clients stay while forged ones make room for each other, except those of a network with many.
     */
    @Test
    void a_real_client_is_given_up_only_for_a_network_that_has_many() {
        Admission admission = new Admission(
                RelayLimits.standard(RelayLimits.UDP_IDLE)
                        .withConnections(100, 32)
                        .withRate(0),
                new ConnectionLimit(20_000),
                false,
                0);
        Place real = in(admission, new ClientSource(0x5db80001L, false), 0);
        admission.prove(real);
        for (int i = 0; i < 60; i++) {
            admission.prove(in(admission, new ClientSource(0x2001_0db8_0001_0000L | i, true), i));
        }
        Set<Place> lost = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            if (admission.enter(new ClientSource(65_536L * i + 5, false), 100 + i)
                    instanceof Admission.Entry.In(Place unused, Optional<Place> loser)) {
                loser.ifPresent(lost::add);
            }
        }
        assertThat(lost).doesNotContain(real).hasSize(461);
        assertThat(lost.stream().filter(place -> place.source().v6())).hasSize(48);
    }

    private static Place in(Admission admission, ClientSource source, long now) {
        return admission.enter(source, now) instanceof Admission.Entry.In(Place place, var unused)
                ? place
                : fail("refused");
    }

    /** The longest idle one of the largest network. */
    @Test
    void the_largest_network_gives_its_longest_idle_one() {
        Admission admission = new Admission(
                RelayLimits.standard(Duration.ofHours(2))
                        .withConnections(20, 20)
                        .withRate(0),
                new ConnectionLimit(100),
                true,
                0);
        Place oldest = in(admission, new ClientSource(0x2a00_0001_0000_0000L, true), 0);
        List<Place> site = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            site.add(in(admission, new ClientSource(0x2001_0db8_0001_0000L | i << 8, true), 10 + i));
        }
        // Two homes of that site have two each; one of them has both from one /64.
        site.add(in(admission, new ClientSource(0x2001_0db8_0001_0301L, true), 30));
        List<Place> home = List.of(site.get(5), in(admission, new ClientSource(0x2001_0db8_0001_0500L, true), 31));
        for (int i = 0; i < 7; i++) {
            in(admission, new ClientSource(0x0a000000L | i, false), 1 + i);
        }
        home.getFirst().moved(50);
        in(admission, new ClientSource(0x0b000000L, false), 60);
        assertThat(admission.enter(new ClientSource(0x0c000000L, false), 61))
                .isInstanceOfSatisfying(
                        Admission.Entry.In.class,
                        entry -> assertThat(entry.loser()).contains(home.getLast()));
        assertThat(oldest.isProven()).isTrue();
    }
}
