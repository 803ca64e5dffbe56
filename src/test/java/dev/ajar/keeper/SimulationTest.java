package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.testing.MeasurementLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Simulated days full of faults, each from a seed. {@code -Dajar.seeds=10000} runs that many. A failing day is reported
 * with a smallest list of faults with which it still fails, and its seed reproduces it.
 */
@Tag("simulation")
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("ajar.seeds", 300);
    private static final long FIRST = Long.getLong("ajar.first-seed", 1);

    @Test
    void every_day_keeps_the_invariants() {
        long begin = System.nanoTime();
        List<SimDay.DayResult> days = LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .mapToObj(SimulationTest::run)
                .toList();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        long requests = days.stream().mapToLong(SimDay.DayResult::requests).sum();
        Duration down = days.stream().map(SimDay.DayResult::down).reduce(Duration.ZERO, Duration::plus);
        MeasurementLog.record(
                "G19",
                "%d days of faults in %d s: 0 promises broken, %d requests a day, down for %d s a day"
                        .formatted(SEEDS, took.toSeconds(), requests / SEEDS, down.toSeconds() / SEEDS));
    }

    static SimDay.DayResult run(long seed) {
        SimDay day = new SimDay(seed);
        SimDay.DayResult outcome = day.run();
        assertThat(outcome.violation())
                .as(() -> "seed %d, faults %s".formatted(seed, new SimDay(seed).shrunk()))
                .isEmpty();
        return outcome;
    }

    @Test
    void the_same_seed_is_the_same_day() {
        for (long seed = 1; seed < 5; seed++) {
            assertThat(new SimDay(seed).run()).isEqualTo(new SimDay(seed).run());
        }
    }

    private static boolean isCaught(UnaryOperator<SimDay> plant) {
        return LongStream.range(1, 120)
                .anyMatch(
                        seed -> plant.apply(new SimDay(seed)).run().violation().isPresent());
    }

    @Test
    void a_keeper_that_ignores_epochs_is_caught() {
        assertThat(isCaught(day -> day.withGateways(FaultyGateway.ignoringEpochs())))
                .isTrue();
    }

    @Test
    void a_keeper_that_takes_every_entry_for_its_own_is_caught() {
        assertThat(isCaught(day -> day.withGateways(FaultyGateway.claimingAllEntries())))
                .isTrue();
    }

    @Test
    void missing_renewals_are_caught() {
        assertThat(isCaught(day -> day.withGateways(FaultyGateway.neverRenewing())))
                .isTrue();
    }

    @Test
    void a_state_file_that_loses_records_is_caught() {
        assertThat(isCaught(day -> day.withStore(SimulationTest::withoutRecords)))
                .isTrue();
    }

    @Test
    void a_failing_day_shrinks_and_still_fails() {
        SimDay failing = LongStream.range(1, 120)
                .mapToObj(seed -> new SimDay(seed).withGateways(FaultyGateway.ignoringEpochs()))
                .filter(day -> day.run().violation().isPresent())
                .findFirst()
                .orElseThrow();

        assertThat(failing.shrunk()).hasSizeLessThanOrEqualTo(2);
    }

    /** A planted fault: no mapping records are written. */
    private static StateStore withoutRecords(StateStore disk) {
        return new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return disk.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                List<MappingRecord> none = new ArrayList<>();
                return disk.save(new Snapshot(
                        snapshot.desiredMappings(),
                        none,
                        snapshot.learned(),
                        snapshot.manualRules(),
                        snapshot.newer()));
            }

            @Override
            public Result<Lock> lock() {
                return disk.lock();
            }
        };
    }

    /** Changes every gateway that the source returns. */
    static UnaryOperator<GatewaySource> changing(UnaryOperator<Gateway> change) {
        return real -> new GatewaySource() {
            @Override
            public GatewayCandidates search(GatewaySelector selection, Deadline deadline) {
                GatewayCandidates found = real.search(selection, deadline);
                return new GatewayCandidates() {
                    @Override
                    public Optional<Gateway> next(java.util.Set<dev.ajar.gateway.Capability> needed) {
                        return found.next(needed).map(change);
                    }

                    @Override
                    public List<dev.ajar.gateway.ProbeAttempt> attempts() {
                        return found.attempts();
                    }

                    @Override
                    public void close() {
                        found.close();
                    }
                };
            }

            @Override
            public boolean mayBeSlow(GatewaySelector selection) {
                return real.mayBeSlow(selection);
            }

            @Override
            public dev.ajar.gateway.DiscoveryResult explore(GatewaySelector selection, Deadline deadline) {
                return real.explore(selection, deadline);
            }

            @Override
            public boolean mayBeInFront(java.net.InetAddress address) {
                return false;
            }

            @Override
            public boolean mayBeDevice(java.net.InetAddress address, GatewaySelector selection) {
                return real.mayBeDevice(address, selection);
            }

            @Override
            public Result<Gateway> reopen(Claim claim, Deadline deadline) {
                return real.reopen(claim, deadline).map(change);
            }
        };
    }
}
