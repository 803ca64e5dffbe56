package dev.ajar.launch;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.MappingState;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Signals;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Runs a program, keeps its ports open while it runs, and closes them when it has ended. */
public final class Launch {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration STOPPING = Duration.ofSeconds(5);

    /** Beyond {@link #STOPPING}: a router that hangs must not hold up the end for ever. */
    private static final Duration HANGING = Duration.ofSeconds(7);

    private static final Duration OPENING = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(300);

    /** The exit code a shell gives a program that does not exist. */
    private static final int NOT_FOUND = 127;

    /** The exit code a shell gives a file that is not executable. */
    private static final int NOT_EXECUTABLE = 126;

    /** Signals that end ajar before the program runs, and the exit codes a shell gives them. */
    private static final Map<String, Integer> EARLY_ENDS = Map.of("HUP", 129, "INT", 130, "TERM", 143);

    /**
     * A program and the ports to keep open for it.
     *
     * @param require whether the program is started only once all ports are open
     * @param keep whether leases that end by themselves may outlive the program
     */
    public record LaunchPlan(
            Program program, List<Mapping> mappings, List<GatewaySelector> selections, boolean require, boolean keep) {
        public LaunchPlan {
            mappings = List.copyOf(mappings);
            selections = List.copyOf(selections);
        }
    }

    private final StateStore disk;
    private final Timeline timeline;
    private final Owner.Launch self;
    private final BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keepers;
    private final Consumer<KeeperEvent> told;
    private final Consumer<Failure> warned;
    private final LinkedBlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final AtomicInteger early = new AtomicInteger();

    /**
     * @param told receives every change
     * @param warned receives why the router could not be asked for the ports
     */
    public Launch(
            StateStore disk,
            Timeline timeline,
            Owner.Launch self,
            BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keepers,
            Consumer<KeeperEvent> told,
            Consumer<Failure> warned) {
        this.disk = disk;
        this.timeline = timeline;
        this.self = self;
        this.keepers = keepers;
        this.told = told;
        this.warned = warned;
    }

    /** The program's own exit code, or why it was not run. */
    public sealed interface LaunchOutcome {
        record Ended(int exitCode) implements LaunchOutcome {}

        record NotRun(Failure failure) implements LaunchOutcome {}

        /** The program itself could not be started. */
        record NoProgram(int exitCode, Message detail) implements LaunchOutcome {}
    }

    public LaunchOutcome run(LaunchPlan plan) {
        KeeperStore store = new KeeperStore(disk, told);
        Keeper keeper = keepers.apply(store, told);
        if (plan.require()) {
            EARLY_ENDS.forEach((name, code) -> Signals.hear(name, signal -> early.set(code)));
            Optional<Failure> trouble = open(plan, store, keeper);
            if (early.get() != 0) {
                keeper.stop(false, STOPPING);
                return new LaunchOutcome.Ended(early.get());
            }
            if (trouble.isPresent()) {
                keeper.stop(false, STOPPING);
                return new LaunchOutcome.NotRun(trouble.get());
            }
        }
        return begin(plan, store, keeper);
    }

    /**
     * Opens everything before the program starts.
     *
     * @return why not everything is open
     */
    private Optional<Failure> open(LaunchPlan plan, KeeperStore store, Keeper keeper) {
        Duration end = timeline.uptime().plus(OPENING);
        boolean saved = false;
        Optional<Failure> trouble = Optional.of(new Failure.TimedOut(Message.of("launch.not-open-yet")));
        while (trouble.isPresent() && early.get() == 0 && timeline.uptime().compareTo(end) < 0) {
            if (!saved) {
                Optional<Failure> unwritten = save(plan, store);
                saved = unwritten.isEmpty();
                trouble = saved ? trouble : unwritten;
            }
            if (saved) {
                keeper.pass();
                trouble = troubleOf(plan, keeper);
            }
            boolean hopeless =
                    trouble.filter(why -> !(why instanceof Failure.Busy)).isPresent();
            if (hopeless) {
                return trouble;
            }
            pause();
        }
        return trouble;
    }

    private Optional<Failure> troubleOf(LaunchPlan plan, Keeper keeper) {
        for (DesiredMapping desired : desiredMappings(plan)) {
            Optional<MappingState> state = keeper.tracked().stream()
                    .filter(tracked -> tracked.desired().isSameDesire(desired))
                    .map(TrackedMapping::state)
                    .findFirst();
            Optional<Failure> trouble = state.isEmpty()
                    ? Optional.of(new Failure.Busy(Message.of("launch.state-file-busy")))
                    : troubleOf(state.get());
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> troubleOf(MappingState state) {
        return switch (state) {
            case MappingState.Active ignored -> Optional.empty();
            case MappingState.Inactive inactive -> {
                // Without a reason and not due: another program has opened the same mapping.
                boolean there = inactive.why().isEmpty() && inactive.dueAt().compareTo(timeline.elapsed()) > 0;
                yield there
                        ? Optional.empty()
                        : inactive.why().or(() -> Optional.of(new Failure.Busy(Message.of("launch.not-asked-yet"))));
            }
        };
    }

    private LaunchOutcome begin(LaunchPlan plan, KeeperStore store, Keeper keeper) {
        Program.Running child;
        try {
            child = plan.program().start();
        } catch (IOException e) {
            keeper.stop(false, STOPPING);
            RouterText name = new RouterText(plan.program().name());
            // EACCES, in the words of two JDKs.
            boolean forbidden = String.valueOf(e.getMessage()).matches("(?s).*error[=:] ?13\\b.*");
            return forbidden
                    ? new LaunchOutcome.NoProgram(NOT_EXECUTABLE, Message.of("launch.not-executable", "program", name))
                    : new LaunchOutcome.NoProgram(NOT_FOUND, Message.of("launch.not-found", "program", name));
        }
        child.whenEnded(() -> inbox.add("ended"));
        Thread keeping =
                Thread.ofPlatform().daemon().name("keeping").start(() -> keepToTheEnd(plan, store, child, keeper));
        try {
            int exitCode = child.await();
            keeping.join(STOPPING.plus(HANGING).toMillis());
            return new LaunchOutcome.Ended(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LaunchOutcome.Ended(130);
        }
    }

    private void keepToTheEnd(LaunchPlan plan, KeeperStore store, Program.Running child, Keeper keeper) {
        try {
            keep(plan, store, child, keeper);
            keeper.stop(plan.keep(), STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(LaunchPlan plan, KeeperStore store, Program.Running child, Keeper keeper)
            throws InterruptedException {
        boolean saved = plan.require();
        boolean warnedOnce = false;
        Duration next = timeline.elapsed();
        while (child.isRunning()) {
            if (!saved) {
                Optional<Failure> trouble = save(plan, store);
                saved = trouble.isEmpty();
                if (trouble.isPresent() && !(trouble.get() instanceof Failure.Busy) && !warnedOnce) {
                    warned.accept(trouble.get());
                    warnedOnce = true;
                }
            }
            boolean due = next.compareTo(timeline.elapsed()) <= 0 || keeper.checkNetwork();
            next = saved && due ? keeper.pass() : next;
            Duration wait = saved ? next.minus(timeline.elapsed()) : AGAIN;
            long millis = Math.min(TICK.toMillis(), Math.max(1, wait.toMillis()));
            if (inbox.poll(millis, TimeUnit.MILLISECONDS) != null) {
                return;
            }
        }
    }

    /** Saved before the router is asked, so that after a crash the next process knows what to remove. */
    private Optional<Failure> save(LaunchPlan plan, KeeperStore store) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield saveLocked(plan, store.strict());
                }
            }
        };
    }

    private void pause() {
        try {
            String early = inbox.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            if (early != null) {
                inbox.add(early);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Failure> saveLocked(LaunchPlan plan, StateStore store) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Snapshot>(Snapshot snapshot) -> {
                Snapshot after = snapshot;
                for (DesiredMapping desired : desiredMappings(plan)) {
                    after = after.with(desired);
                }
                yield switch (store.save(after)) {
                    case Result.Ok<StateStore.Written> ignored -> Optional.empty();
                    case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
                };
            }
        };
    }

    private List<DesiredMapping> desiredMappings(LaunchPlan plan) {
        List<DesiredMapping> all = new ArrayList<>();
        for (GatewaySelector selection : plan.selections()) {
            for (Mapping mapping : plan.mappings()) {
                all.add(new DesiredMapping(mapping, selection, self, timeline.instant(), Optional.empty()));
            }
        }
        return all;
    }
}
