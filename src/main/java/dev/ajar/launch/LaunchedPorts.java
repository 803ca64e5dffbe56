package dev.ajar.launch;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperLoop;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The ports of one {@code ajar run}. One thread at a time may use it; only {@link #wake} and {@link #end} are for any
 * thread.
 */
final class LaunchedPorts {
    private static final Duration OPENING = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final List<DesiredMapping> desiredMappings;

    /** What the program needs no longer, and the state file still has. */
    private final List<DesiredMapping> ending = new ArrayList<>();

    private final KeeperStore store;
    private final Keeper keeper;
    private final Timeline timeline;
    private final Consumer<Failure> warned;
    private final KeeperLoop loop;
    private boolean saved;
    private boolean reported;

    /** Why not everything is open. */
    private Optional<Failure> trouble = Optional.of(new Failure.Busy(Message.of("launch.not-open-yet")));

    LaunchedPorts(
            List<DesiredMapping> desiredMappings,
            KeeperStore store,
            Keeper keeper,
            Timeline timeline,
            Consumer<Failure> warned) {
        this.desiredMappings = new ArrayList<>(desiredMappings);
        this.store = store;
        this.keeper = keeper;
        this.timeline = timeline;
        this.warned = warned;
        this.loop = new KeeperLoop(keeper, timeline, Inbox.ofThisMachine(), () -> false).withThreads();
    }

    /**
     * Opens everything before the program starts; what is open over IPv4 need not be open over IPv6.
     *
     * @return why not everything is open
     */
    Optional<Failure> open(BooleanSupplier cancelled) {
        Deadline end = Deadline.after(timeline, OPENING);
        loop.run(
                next -> trouble.filter(why -> why instanceof Failure.Busy).isEmpty()
                        || cancelled.getAsBoolean()
                        || (end.hasPassed() && !keeper.isPatient()),
                this::openingPass,
                bug -> {
                    throw bug;
                });
        return trouble;
    }

    private Duration openingPass() {
        trouble = save();
        if (trouble.isEmpty()) {
            keeper.pass();
            trouble = desiredMappings.stream()
                    .filter(desired -> desiredMappings.stream().noneMatch(desired::isBeside))
                    .flatMap(desired -> troubleOf(desired).stream())
                    .findFirst();
        }
        return timeline.elapsed().plus(AGAIN);
    }

    private Optional<Failure> troubleOf(DesiredMapping desired) {
        return keeper.tracked().stream()
                .filter(tracked -> tracked.desired().isSameDesire(desired))
                .map(TrackedMapping::state)
                .findFirst()
                .map(this::troubleOf)
                .orElseGet(() -> Optional.of(new Failure.Busy(Message.of("launch.state-file-busy"))));
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

    /** Keeps the ports open until {@code ended}. */
    void keep(BooleanSupplier ended) {
        loop.run(next -> ended.getAsBoolean(), this::keepingPass, bug -> {
            RouterText error = new RouterText(bug.toString());
            warned.accept(new Failure.BadState(Message.of("launch.bug", "error", error)));
        });
    }

    private Duration keepingPass() {
        Optional<Failure> unsaved = save();
        if (unsaved.isEmpty()) {
            boolean isBusy = isBusyEnding();
            Duration next = keeper.pass();
            Duration again = timeline.elapsed().plus(AGAIN);
            return isBusy && again.compareTo(next) < 0 ? again : next;
        }
        if (!(unsaved.get() instanceof Failure.Busy) && !reported) {
            warned.accept(unsaved.get());
            reported = true;
        }
        return timeline.elapsed().plus(AGAIN);
    }

    /** Closes the ports of these mappings, while the program goes on. For any thread. */
    void end(Predicate<Mapping> unneeded) {
        loop.post(() -> {
            desiredMappings.stream()
                    .filter(desired -> unneeded.test(desired.mapping()))
                    .forEach(ending::add);
            desiredMappings.removeAll(ending);
        });
    }

    /** @return whether another process has the state file, so that it is to be tried again */
    private boolean isBusyEnding() {
        if (ending.isEmpty()) {
            return false;
        }
        if (store.updateAnyway(this::withoutEnding) instanceof Result.Err<StateStore.Written>) {
            return true;
        }
        ending.clear();
        keeper.refresh();
        return false;
    }

    private Snapshot withoutEnding(Snapshot snapshot) {
        Snapshot after = snapshot;
        for (DesiredMapping desired : ending) {
            after = after.ended(desired);
        }
        return after;
    }

    /** Makes the loop look at once whether it has ended. */
    void wake() {
        loop.post(() -> {});
    }

    /**
     * @param leaveLeases whether mappings that end by themselves stay open
     * @param limit the longest it may take
     * @param patience the longest for routers that are slow
     */
    void close(boolean leaveLeases, Duration limit, Duration patience) {
        keeper.stop(ShutdownPolicy.of(leaveLeases), limit, patience);
    }

    /**
     * Saved before the router is asked, so that after a crash the next process knows what to remove.
     *
     * @return why it is not saved
     */
    private Optional<Failure> save() {
        if (saved) {
            return Optional.empty();
        }
        return switch (store.strict().update(this::withDesired)) {
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
            case Result.Ok<StateStore.Written> ignored -> {
                saved = true;
                keeper.refresh();
                yield Optional.empty();
            }
        };
    }

    private Snapshot withDesired(Snapshot snapshot) {
        Snapshot after = snapshot;
        for (DesiredMapping desired : desiredMappings) {
            after = after.with(desired);
        }
        return after;
    }
}
