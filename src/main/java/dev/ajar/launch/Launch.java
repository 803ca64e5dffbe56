package dev.ajar.launch;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.Kept;
import dev.ajar.keeper.Standing;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.Wish;
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

/** Starts the program, opens the ports beside it, keeps them while it runs, and closes them when it has ended. */
public final class Launch {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration STOPPING = Duration.ofSeconds(5);

    /** Beyond {@link #STOPPING}: a router that hangs must not hold up the end for ever. */
    private static final Duration HANGING = Duration.ofSeconds(7);

    private static final Duration OPENING = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(300);

    /** What a shell answers for a program that is not there, and for one that may not be run. */
    private static final int NOT_FOUND = 127;

    private static final int NOT_EXECUTABLE = 126;

    /** Signals that end us before there is a program to hand them to, and what a shell answers then. */
    private static final Map<String, Integer> EARLY_ENDS = Map.of("HUP", 129, "INT", 130, "TERM", 143);

    /**
     * What is wanted.
     *
     * @param require whether the program is not to run unless the ports are open
     * @param keep whether leases that end by themselves may outlive the program
     */
    public record Plan(
            Program program, List<Mapping> mappings, List<Selection> selections, boolean require, boolean keep) {
        public Plan {
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
     * @param told of everything that changes
     * @param warned of what went wrong before the ports could even be asked for
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

    /** What came of it: the program's own exit code, or why it was not run. */
    public sealed interface Outcome {
        record Ended(int exitCode) implements Outcome {}

        record NotRun(Failure failure) implements Outcome {}

        /** The program itself could not be started. */
        record NoProgram(int exitCode, String detail) implements Outcome {}
    }

    public Outcome run(Plan plan) {
        KeeperStore store = new KeeperStore(disk, told);
        Keeper keeper = keepers.apply(store, told);
        boolean wished = false;
        if (plan.require()) {
            EARLY_ENDS.forEach((name, code) -> Signals.hear(name, signal -> early.set(code)));
            Optional<Failure> trouble = open(plan, store, keeper);
            if (early.get() != 0) {
                keeper.stop(false, STOPPING);
                return new Outcome.Ended(early.get());
            }
            if (trouble.isPresent()) {
                keeper.stop(false, STOPPING);
                return new Outcome.NotRun(trouble.get());
            }
            wished = true;
        }
        return begin(plan, store, keeper, wished);
    }

    /**
     * Opens everything before the program starts.
     *
     * @return why not everything is open
     */
    private Optional<Failure> open(Plan plan, KeeperStore store, Keeper keeper) {
        Duration end = timeline.uptime().plus(OPENING);
        boolean wished = false;
        Optional<Failure> trouble = Optional.of(new Failure.TimedOut("the ports are not open yet"));
        while (trouble.isPresent() && early.get() == 0 && timeline.uptime().compareTo(end) < 0) {
            if (!wished) {
                Optional<Failure> unwritten = wish(plan, store);
                wished = unwritten.isEmpty();
                trouble = wished ? trouble : unwritten;
            }
            if (wished) {
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

    private Optional<Failure> troubleOf(Plan plan, Keeper keeper) {
        for (Wish wish : wishes(plan)) {
            Optional<Standing> standing = keeper.kept().stream()
                    .filter(kept -> kept.wish().isSameWish(wish))
                    .map(Kept::standing)
                    .findFirst();
            Optional<Failure> trouble = standing.isEmpty()
                    ? Optional.of(new Failure.Busy("another ajar holds up the opening"))
                    : troubleOf(standing.get());
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> troubleOf(Standing standing) {
        return switch (standing) {
            case Standing.Open ignored -> Optional.empty();
            case Standing.Absent absent -> {
                // Without a reason and not due: another program has opened the very same.
                boolean there = absent.why().isEmpty() && absent.dueAt().compareTo(timeline.elapsed()) > 0;
                yield there
                        ? Optional.empty()
                        : absent.why().or(() -> Optional.of(new Failure.Busy("not asked for yet")));
            }
        };
    }

    private Outcome begin(Plan plan, KeeperStore store, Keeper keeper, boolean wished) {
        Program.Running child;
        try {
            child = plan.program().start();
        } catch (IOException e) {
            keeper.stop(false, STOPPING);
            String name = plan.program().name();
            // EACCES, as one JDK writes it and another.
            boolean forbidden = String.valueOf(e.getMessage()).matches("(?s).*error[=:] ?13\\b.*");
            return forbidden
                    ? new Outcome.NoProgram(NOT_EXECUTABLE, name + " may not be run")
                    : new Outcome.NoProgram(NOT_FOUND, name + " could not be started");
        }
        child.whenEnded(() -> inbox.add("ended"));
        Thread keeping = Thread.ofPlatform()
                .daemon()
                .name("keeping")
                .start(() -> keepToTheEnd(plan, store, child, keeper, wished));
        try {
            int exitCode = child.await();
            keeping.join(STOPPING.plus(HANGING).toMillis());
            return new Outcome.Ended(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Ended(130);
        }
    }

    private void keepToTheEnd(Plan plan, KeeperStore store, Program.Running child, Keeper keeper, boolean wished) {
        try {
            keep(plan, store, child, keeper, wished);
            keeper.stop(plan.keep(), STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Plan plan, KeeperStore store, Program.Running child, Keeper keeper, boolean wishedBefore)
            throws InterruptedException {
        boolean wished = wishedBefore;
        boolean warnedOnce = false;
        Duration next = timeline.elapsed();
        while (child.isRunning()) {
            if (!wished) {
                Optional<Failure> trouble = wish(plan, store);
                wished = trouble.isEmpty();
                if (trouble.isPresent() && !(trouble.get() instanceof Failure.Busy) && !warnedOnce) {
                    warned.accept(trouble.get());
                    warnedOnce = true;
                }
            }
            boolean due = next.compareTo(timeline.elapsed()) <= 0 || keeper.notices();
            next = wished && due ? keeper.pass() : next;
            Duration wait = wished ? next.minus(timeline.elapsed()) : AGAIN;
            long millis = Math.min(TICK.toMillis(), Math.max(1, wait.toMillis()));
            if (inbox.poll(millis, TimeUnit.MILLISECONDS) != null) {
                return;
            }
        }
    }

    /** Written down before anything is asked, so that whoever comes after a crash knows what to remove. */
    private Optional<Failure> wish(Plan plan, KeeperStore store) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield wishLocked(plan, store.strict());
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

    private Optional<Failure> wishLocked(Plan plan, StateStore store) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Snapshot>(Snapshot snapshot) -> {
                Snapshot after = snapshot;
                for (Wish wish : wishes(plan)) {
                    after = after.with(wish);
                }
                yield switch (store.save(after)) {
                    case Result.Ok<StateStore.Written> ignored -> Optional.empty();
                    case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
                };
            }
        };
    }

    private List<Wish> wishes(Plan plan) {
        List<Wish> all = new ArrayList<>();
        for (Selection selection : plan.selections()) {
            for (Mapping mapping : plan.mappings()) {
                all.add(new Wish(mapping, selection, self, timeline.instant(), Optional.empty()));
            }
        }
        return all;
    }
}
