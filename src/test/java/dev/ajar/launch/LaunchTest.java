package dev.ajar.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.app.Wiring;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.launch.Launch.LaunchOutcome;
import dev.ajar.launch.Launch.LaunchPlan;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that the test ends, behind an embedded router. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaunchTest {
    /** A limit for waits that would otherwise hang. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Owner.Launch SELF = new Owner.Launch(42, Instant.EPOCH);

    private final SystemTimeline timeline = new SystemTimeline();
    private final EmbeddedRouter router;
    private final List<KeeperEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final MemoryStateStore memory = new MemoryStateStore();

    LaunchTest() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), timeline);
    }

    @AfterEach
    void switchOff() {
        router.close();
    }

    /** Takes which mappings the program needs no longer. */
    private final CompletableFuture<Consumer<Predicate<Mapping>>> unneeded = new CompletableFuture<>();

    /** Runs until the test completes its exit code. */
    private record EndlessProgram(
            CompletableFuture<Integer> exit, CompletableFuture<Consumer<Predicate<Mapping>>> unneeded)
            implements Program, Program.Running {
        @Override
        public String name() {
            return "server";
        }

        @Override
        public Running start() {
            return this;
        }

        @Override
        public boolean isRunning() {
            return !exit.isDone();
        }

        @Override
        public void whenEnded(Runnable action) {
            assertThat(exit.thenRun(action)).isNotCancelled();
        }

        @Override
        public void whenUnneeded(Consumer<Predicate<Mapping>> ended) {
            unneeded.complete(ended);
        }

        @Override
        public int await() {
            return exit.join();
        }
    }

    /** The state file in memory, with another lock. */
    private StateStore locked(Supplier<Result<StateStore.Lock>> lock) {
        return new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return memory.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                return memory.save(snapshot);
            }

            @Override
            public Result<Lock> lock() {
                return lock.get();
            }
        };
    }

    private List<Mapping> mappings = List.of(Samples.tcp(25565));

    private CompletableFuture<LaunchOutcome> launch(StateStore disk, boolean require, boolean keep) {
        return launch(disk, List.of(GatewaySelector.AUTO), require, keep);
    }

    private CompletableFuture<LaunchOutcome> launch(
            StateStore disk, List<GatewaySelector> selections, boolean require, boolean keep) {
        Wiring wiring = EmbeddedWiring.of(router, timeline);
        Launch launch = new Launch(
                disk,
                timeline,
                SELF,
                (store, told) -> wiring.keeper(store, OwnerScope.ofLaunch(SELF, owner -> true), told),
                events::add,
                failure -> warnings.add(failure.detail().toString()));
        LaunchPlan plan = new LaunchPlan(new EndlessProgram(exit, unneeded), mappings, selections, require, keep);
        return CompletableFuture.supplyAsync(() -> launch.run(plan));
    }

    private LaunchOutcome end(CompletableFuture<LaunchOutcome> running, int exitCode) {
        exit.complete(exitCode);
        return running.join();
    }

    /** A relay of several rules, of which the user stops one. */
    @Test
    void a_port_that_the_program_needs_no_longer_is_closed_while_it_goes_on() {
        mappings = List.of(Samples.tcp(25565), Samples.tcp(25566));
        AtomicBoolean busy = new AtomicBoolean();
        AtomicInteger refusals = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        StateStore disk = locked(() -> {
            if (!busy.get()) {
                held.incrementAndGet();
                return memory.lock().map(lock -> () -> {
                    lock.close();
                    held.decrementAndGet();
                });
            }
            refusals.incrementAndGet();
            return Result.err(new Failure.Busy(Message.verbatim("another ajar")));
        });
        CompletableFuture<LaunchOutcome> running = launch(disk, false, false);
        await().atMost(LONG).until(() -> router.table().size() == 2 && held.get() == 0);

        busy.set(true);
        unneeded.join().accept(mapping -> mapping.externalPort().number() == 25565);
        await().atMost(LONG).until(() -> refusals.get() > 2);
        assertThat(router.table()).hasSize(2);
        busy.set(false);
        await().atMost(LONG).until(() -> router.table().size() == 1);
        assertThat(router.table().toString()).contains("25566");
        assertThat(running).isNotDone();
        assertThat(memory.load().toOptional().orElseThrow().desiredMappings()).hasSize(1);

        assertThat(end(running, 0)).isEqualTo(new LaunchOutcome.Ended(0));
        assertThat(router.table()).isEmpty();
    }

    @Test
    void the_ports_are_open_while_the_program_runs() {
        CompletableFuture<LaunchOutcome> running = launch(memory, false, false);
        await().atMost(LONG).until(() -> router.table().size() == 1);

        assertThat(end(running, 3)).isEqualTo(new LaunchOutcome.Ended(3));
        assertThat(router.table()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_network_without_ipv6_keeps_no_program_waiting_and_is_not_worth_a_word() {
        List<GatewaySelector> both = List.of(GatewaySelector.AUTO, GatewaySelector.AUTO.overIpv6());
        CompletableFuture<LaunchOutcome> running = launch(memory, both, true, false);
        await().atMost(LONG).until(() -> router.table().size() == 1);

        assertThat(end(running, 0)).isEqualTo(new LaunchOutcome.Ended(0));
        assertThat(events).noneMatch(KeeperEvent.Failed.class::isInstance);
    }

    @Test
    void ipv6_alone_has_to_be_there() {
        List<GatewaySelector> ipv6 = List.of(GatewaySelector.AUTO.overIpv6());

        assertThat(launch(memory, ipv6, true, false).join())
                .isInstanceOfSatisfying(
                        LaunchOutcome.NotRun.class,
                        run -> assertThat(run.failure()).isInstanceOf(Failure.NoIpv6.class));
        assertThat(events).anyMatch(KeeperEvent.Failed.class::isInstance);
    }

    @Test
    void a_lease_may_outlive_the_program() {
        CompletableFuture<LaunchOutcome> running = launch(memory, true, true);
        await().atMost(LONG).until(() -> router.table().size() == 1);

        assertThat(end(running, 0)).isEqualTo(new LaunchOutcome.Ended(0));
        assertThat(router.table()).hasSize(1);
    }

    @Test
    void a_busy_state_file_delays_the_ports_without_a_warning() {
        CompletableFuture<Boolean> free = new CompletableFuture<>();
        List<Integer> refused = new CopyOnWriteArrayList<>();
        CompletableFuture<LaunchOutcome> running = launch(
                locked(() -> {
                    if (free.isDone()) {
                        return memory.lock();
                    }
                    refused.add(1);
                    return Result.err(new Failure.Busy(Message.verbatim("busy")));
                }),
                false,
                false);
        await().atMost(LONG).until(() -> refused.size() >= 2);
        free.complete(true);
        await().atMost(LONG).until(() -> router.table().size() == 1);

        assertThat(end(running, 0)).isEqualTo(new LaunchOutcome.Ended(0));
        assertThat(warnings).isEmpty();
    }

    @Test
    void an_unwritable_state_file_is_reported_once_and_the_program_runs() {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        CompletableFuture<LaunchOutcome> running = launch(
                locked(() -> {
                    asked.add(1);
                    return Result.err(new Failure.BadState(Message.verbatim("read-only")));
                }),
                false,
                false);
        await().atMost(LONG).until(() -> asked.size() >= 3);

        assertThat(end(running, 4)).isEqualTo(new LaunchOutcome.Ended(4));
        assertThat(warnings).containsExactly("read-only");
        assertThat(router.table()).isEmpty();
    }

    @Test
    void a_program_that_needs_its_ports_does_not_start_without_them() {
        Failure failure = new Failure.BadState(Message.verbatim("read-only"));

        assertThat(launch(locked(() -> Result.err(failure)), true, false).join())
                .isEqualTo(new LaunchOutcome.NotRun(failure));
    }

    @Test
    void a_bug_is_reported_and_the_program_keeps_running() {
        AtomicBoolean thrown = new AtomicBoolean();
        CompletableFuture<LaunchOutcome> running = launch(
                locked(() -> {
                    if (thrown.compareAndSet(false, true)) {
                        throw new IllegalStateException("planted");
                    }
                    return memory.lock();
                }),
                false,
                false);
        await().atMost(LONG).until(() -> !warnings.isEmpty());
        assertThat(running).isNotDone();

        assertThat(end(running, 5)).isEqualTo(new LaunchOutcome.Ended(5));
        assertThat(warnings).singleElement().asString().contains("bug in ajar", "planted");
    }
}
