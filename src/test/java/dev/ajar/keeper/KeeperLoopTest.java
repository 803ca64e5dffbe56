package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The loop on a simulated machine: when it makes a pass, when it does a task, and when it ends. */
class KeeperLoopTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Duration> passes = new ArrayList<>();
    private final List<RuntimeException> bugs = new ArrayList<>();
    private boolean broken;
    private boolean stateChanged;
    private boolean stopped;
    private final SimWorld world = new SimWorld(7, Set.of(UpnpProtocol.UPNP), UnaryOperator.identity(), this::watched);
    private final SimInbox inbox = new SimInbox(world.clock);
    private final KeeperLoop loop = new KeeperLoop(world.keeper(), world.clock, inbox, () -> {
        boolean changed = stateChanged;
        stateChanged = false;
        return changed;
    });
    private final Duration begin = world.clock.elapsed();

    /** A state file that records each pass by its lock, and throws while it is broken. */
    private StateStore watched(StateStore disk) {
        return new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return disk.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                return disk.save(snapshot);
            }

            @Override
            public Result<Lock> lock() {
                passes.add(passed());
                if (broken) {
                    throw new IllegalStateException("planted");
                }
                return disk.lock();
            }
        };
    }

    private Duration passed() {
        return world.clock.elapsed().minus(begin);
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    private void stopAt(Duration time) {
        inbox.addAt(begin.plus(time), () -> stopped = true);
    }

    private void run() {
        loop.run(next -> stopped, bugs::add);
    }

    /** Runs with passes that are due at these seconds. */
    private void runWithPassesAt(long... due) {
        loop.run(
                next -> stopped,
                () -> {
                    passes.add(passed());
                    int made = passes.size();
                    return made < due.length ? begin.plus(seconds(due[made])) : begin.plus(Duration.ofDays(1));
                },
                bugs::add);
    }

    @Test
    void it_waits_until_the_next_step_is_due_and_never_longer_than_a_tick() {
        stopAt(seconds(20));

        runWithPassesAt(0, 12, 14);

        assertThat(passes).containsExactly(Duration.ZERO, seconds(12), seconds(14));
        assertThat(inbox.waits().subList(0, 5))
                .containsExactly(seconds(5), seconds(5), seconds(2), seconds(2), seconds(5));
        assertThat(passed()).isEqualTo(seconds(20));
    }

    @Test
    void a_pass_that_leaves_steps_due_is_followed_by_the_next_without_a_wait() {
        stopAt(seconds(1));

        runWithPassesAt(0, 0, -3, 0);

        assertThat(passes).hasSize(4).containsOnly(Duration.ZERO);
    }

    @Test
    void a_task_is_done_when_it_arrives_and_is_followed_by_a_pass() {
        List<Duration> done = new ArrayList<>();
        Duration moment = Duration.ofMillis(1234);
        inbox.addAt(begin.plus(moment), () -> done.add(passed()));
        stopAt(seconds(3));

        runWithPassesAt(0);

        assertThat(done).containsExactly(moment);
        assertThat(passes).containsExactly(Duration.ZERO, moment);
    }

    @Test
    void a_task_left_during_a_pass_is_done_before_the_next_pass() {
        List<String> order = new ArrayList<>();

        loop.run(
                next -> order.size() >= 3,
                () -> {
                    order.add("pass");
                    loop.post(() -> order.add("task"));
                    return world.clock.elapsed();
                },
                bugs::add);

        assertThat(order).containsExactly("pass", "task", "pass");
    }

    @Test
    void a_stop_ends_it_at_once_without_another_pass_or_task() {
        List<String> later = new ArrayList<>();
        stopAt(seconds(7));
        inbox.addAt(begin.plus(seconds(7)), () -> later.add("task"));

        run();

        assertThat(passed()).isEqualTo(seconds(7));
        assertThat(later).isEmpty();
        assertThat(passes).allMatch(pass -> pass.compareTo(seconds(7)) < 0);

        run();
        assertThat(passed()).as("stopped before it began").isEqualTo(seconds(7));
    }

    @Test
    void a_bug_in_a_pass_is_reported_and_the_next_pass_follows_in_ten_seconds() {
        world.want(25565, Duration.ofHours(1));
        broken = true;
        inbox.at(begin.plus(SECOND), () -> broken = false);
        stopAt(seconds(30));

        run();

        assertThat(bugs).singleElement().satisfies(bug -> assertThat(bug).hasMessage("planted"));
        assertThat(passes.subList(0, 2)).containsExactly(Duration.ZERO, KeeperLoop.AFTER_A_BUG);
        assertThat(world.allUp()).isTrue();
    }

    @Test
    void a_bug_in_a_task_is_reported_and_the_next_task_is_done() {
        inbox.addAt(begin.plus(SECOND), () -> {
            throw new IllegalStateException("planted");
        });
        stopAt(SECOND);

        run();

        assertThat(bugs).singleElement().satisfies(bug -> assertThat(bug).hasMessage("planted"));
        assertThat(passed()).isEqualTo(SECOND);
    }

    @Test
    void a_bug_ends_it_if_its_owner_throws() {
        broken = true;

        assertThatThrownBy(() -> loop.run(next -> stopped, bug -> {
                    throw bug;
                }))
                .hasMessage("planted");
    }

    @Test
    void a_change_of_the_network_makes_a_pass_due() {
        inbox.at(begin.plus(seconds(17)), () -> world.network.move(Samples.ip("192.168.1.99")));
        stopAt(seconds(60));

        runWithPassesAt(0);

        assertThat(passes).containsExactly(Duration.ZERO, seconds(20));
        assertThat(world.events).containsExactly(new KeeperEvent.NetworkChanged());
    }

    @Test
    void sleep_of_the_machine_makes_a_pass_due() {
        inbox.at(begin.plus(seconds(17)), () -> world.clock.sleep(seconds(600)));
        stopAt(seconds(660));

        runWithPassesAt(0);

        assertThat(passes).containsExactly(Duration.ZERO, seconds(617));
        assertThat(world.events).containsExactly(new KeeperEvent.Resumed());
    }

    @Test
    void a_state_file_that_another_process_has_written_makes_a_pass_due() {
        inbox.at(begin.plus(seconds(17)), () -> {
            world.want(25565, Duration.ofHours(1));
            stateChanged = true;
        });
        stopAt(seconds(24));

        run();

        assertThat(passes).contains(seconds(20));
        assertThat(world.allUp()).isTrue();
    }

    @Test
    void many_tasks_do_not_keep_a_pass_waiting() {
        for (int task = 0; task < 10; task++) {
            inbox.addAt(begin.plus(SECOND), () -> world.clock.advance(seconds(3)));
        }
        stopAt(seconds(60));

        runWithPassesAt(0);

        assertThat(passes.subList(1, 4)).containsExactly(seconds(7), seconds(13), seconds(19));
    }

    @Test
    void a_renewal_ends_once_everything_due_is_done() {
        world.want(25565, Duration.ofHours(1));
        world.want(25566, Duration.ofHours(1));

        loop.run(KeeperLoop.End.whenDone(world.clock, seconds(120)), bugs::add);

        assertThat(world.allUp()).isTrue();
        assertThat(passed()).isLessThan(seconds(5));
        assertThat(inbox.waits()).isEmpty();
    }

    @Test
    void a_renewal_ends_when_its_time_has_passed() {
        loop.run(
                KeeperLoop.End.whenDone(world.clock, seconds(120)),
                () -> {
                    passes.add(passed());
                    world.clock.advance(seconds(50));
                    return begin;
                },
                bugs::add);

        assertThat(passes).containsExactly(Duration.ZERO, seconds(50), seconds(100));
    }

    @Test
    void an_interrupted_thread_ends_it() {
        KeeperLoop real = new KeeperLoop(world.keeper(), world.clock, Inbox.ofThisMachine(), () -> false);
        try {
            Thread.currentThread().interrupt();

            real.run(next -> false, bugs::add);

            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(bugs).isEmpty();
    }

    @Test
    void an_inbox_hands_out_tasks_in_their_order() throws InterruptedException {
        Inbox real = Inbox.ofThisMachine();
        List<Integer> done = new ArrayList<>();
        real.add(() -> done.add(1));
        real.add(() -> done.add(2));

        real.take(seconds(60)).orElseThrow().run();
        real.take(Duration.ofSeconds(-1)).orElseThrow().run();

        assertThat(done).containsExactly(1, 2);
        assertThat(real.take(Duration.ZERO)).isEmpty();
        assertThat(real.take(Duration.ofMillis(1))).isEmpty();
    }
}
