package dev.ajar.launch;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.system.Signals;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Runs a program, keeps its ports open while it runs, and closes them when it has ended. */
public final class Launch {
    private static final Duration STOPPING = Duration.ofSeconds(5);

    /** For rules that are removed slowly, through a router's own interface. */
    private static final Duration STOPPING_SLOWLY = Duration.ofSeconds(60);

    /** Beyond {@link #STOPPING_SLOWLY}: a router that hangs must not hold up the end for ever. */
    private static final Duration HANGING = Duration.ofSeconds(7);

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

    /**
     * @param told receives every change
     * @param warned receives why the ports cannot be kept open while the program runs
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
        LaunchedPorts ports = new LaunchedPorts(desiredMappings(plan), store, keeper, timeline, warned);
        if (plan.require()) {
            AtomicInteger early = new AtomicInteger();
            EARLY_ENDS.forEach((name, code) -> Signals.hear(name, signal -> {
                early.set(code);
                ports.wake();
            }));
            Optional<Failure> trouble = ports.open(() -> early.get() != 0);
            if (early.get() != 0) {
                ports.close(false, STOPPING, STOPPING_SLOWLY);
                return new LaunchOutcome.Ended(early.get());
            }
            if (trouble.isPresent()) {
                ports.close(false, STOPPING, STOPPING_SLOWLY);
                return new LaunchOutcome.NotRun(trouble.get());
            }
        }
        return begin(plan, ports);
    }

    private LaunchOutcome begin(LaunchPlan plan, LaunchedPorts ports) {
        Program.Running child;
        try {
            child = plan.program().start();
        } catch (IOException e) {
            ports.close(false, STOPPING, STOPPING_SLOWLY);
            RouterText name = new RouterText(plan.program().name());
            return isNotExecutable(String.valueOf(e.getMessage()))
                    ? new LaunchOutcome.NoProgram(NOT_EXECUTABLE, Message.of("launch.not-executable", "program", name))
                    : new LaunchOutcome.NoProgram(NOT_FOUND, Message.of("launch.not-found", "program", name));
        }
        AtomicBoolean ended = new AtomicBoolean();
        child.whenEnded(() -> {
            ended.set(true);
            ports.wake();
        });
        child.whenUnneeded(ports::end);
        Thread keeping = Thread.ofPlatform().daemon().name("keeping").start(() -> {
            ports.keep(() -> ended.get() || !child.isRunning());
            ports.close(plan.keep(), STOPPING, STOPPING_SLOWLY);
        });
        try {
            int exitCode = child.await();
            keeping.join(STOPPING_SLOWLY.plus(HANGING).toMillis());
            return new LaunchOutcome.Ended(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LaunchOutcome.Ended(130);
        }
    }

    /**
     * Whether the file is there and cannot be run: EACCES, in the words of two JDKs. On Windows no right to it, no
     * program, one for another machine, or one for administrators alone.
     */
    static boolean isNotExecutable(String error) {
        String numbers = error.contains("CreateProcess") ? "(5|193|216|740)" : "13";
        return error.matches("(?s).*error[=:] ?" + numbers + "\\b.*");
    }

    private List<DesiredMapping> desiredMappings(LaunchPlan plan) {
        return plan.selections().stream()
                .flatMap(selection -> plan.mappings().stream()
                        .map(mapping ->
                                new DesiredMapping(mapping, selection, self, timeline.instant(), Optional.empty())))
                .toList();
    }
}
