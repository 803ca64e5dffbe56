package dev.ajar.embed;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperLoop;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Keeps open what a program wants, on a daemon thread that begins with the first port and ends with {@link #stop}. What
 * is wanted is in the state file before a router is asked. For any thread.
 */
public final class WantedPorts {
    private static final Duration AGAIN = Duration.ofMillis(300);

    /** A state file that cannot be written stays so until a user has changed something. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private final KeeperStore store;
    private final Keeper keeper;
    private final Timeline timeline;
    private final BiConsumer<DesiredMapping, PortStatus> told;
    private final Consumer<RuntimeException> bugs;
    private final KeeperLoop loop;
    private final Set<Closing> awaited = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean isEnded;
    private volatile Duration limit = Duration.ZERO;
    private volatile Runnable last = () -> {};

    // Of the keeper's thread:

    /** What the state file does not say yet, in order. */
    private final Map<DesiredMapping, Wish> unsaved = new LinkedHashMap<>();

    private final Map<DesiredMapping, PortStatus> standings = new LinkedHashMap<>();
    private final List<Closing> closing = new ArrayList<>();

    private enum Wish {
        OPEN,
        CLOSED
    }

    private record Closing(List<DesiredMapping> mappings, Runnable closed) {
        boolean isDone(Snapshot snapshot) {
            return snapshot.mappingRecords().stream()
                    .filter(MappingRecord::leaving)
                    .noneMatch(mappingRecord ->
                            mappings.stream().anyMatch(desired -> desired.isServedBy(mappingRecord.claim())));
        }
    }

    /**
     * @param told receives each change, on the keeper's thread
     * @param bugs receives what the keeper throws; it goes on
     * @param unwritten receives why the state file cannot be written, once until it can be again; what is open is kept,
     *     and what is to be closed is closed
     */
    public WantedPorts(
            EmbeddedMachine machine,
            BiConsumer<DesiredMapping, PortStatus> told,
            Consumer<RuntimeException> bugs,
            Consumer<Failure> unwritten) {
        this.timeline = machine.timeline();
        this.store = new KeeperStore(machine.disk(), event -> {
            machine.history().accept(event);
            if (event instanceof KeeperEvent.StateNotWritten(Failure why)) {
                unwritten.accept(why);
            }
        });
        this.keeper = machine.keepers().apply(store, machine.history());
        this.told = told;
        this.bugs = bugs;
        this.loop = new KeeperLoop(keeper, timeline, Inbox.ofThisMachine(), machine.written()).withThreads();
        this.thread = Thread.ofPlatform().daemon().name("ajar").unstarted(this::keep);
    }

    private synchronized void begin() {
        if (thread.getState() == Thread.State.NEW && !stopping) {
            thread.start();
        }
    }

    /** From now on they are to be open. */
    public void open(List<DesiredMapping> wanted) {
        loop.post(() -> wanted.forEach(desired -> {
            standings.put(desired, new PortStatus.Waiting());
            wish(desired, Wish.OPEN);
        }));
        begin();
    }

    /**
     * They are to be closed.
     *
     * @param closed called when the router has none of them any more, or the keeper has ended
     */
    public void close(List<DesiredMapping> wanted, Runnable closed) {
        Closing one = new Closing(List.copyOf(wanted), closed);
        awaited.add(one);
        loop.post(() -> {
            wanted.forEach(this::forget);
            closing.add(one);
        });
        if (isEnded) {
            finish(one);
        }
    }

    private void finish(Closing one) {
        if (awaited.remove(one)) {
            one.closed().run();
        }
    }

    private void forget(DesiredMapping desired) {
        if (standings.containsKey(desired)) {
            change(desired, new PortStatus.Gone());
            standings.remove(desired);
        }
        wish(desired, Wish.CLOSED);
    }

    private void wish(DesiredMapping desired, Wish wish) {
        unsaved.remove(desired);
        unsaved.put(desired, wish);
    }

    /**
     * Closes everything, within {@code longest} as far as the router answers; what it has not removed by then is left
     * to the next process of ajar, or to the end of its lease. Once.
     *
     * @param ended called when the thread is about to end
     */
    public synchronized void stop(Duration longest, Runnable ended) {
        limit = longest;
        last = ended;
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            end();
        }
        loop.post(() -> {});
    }

    private void end() {
        isEnded = true;
        awaited.forEach(this::finish);
        last.run();
    }

    /** Waits until the keeper's thread has ended; returns at once on that thread itself. */
    public void join(Duration longest) throws InterruptedException {
        if (Thread.currentThread() != thread && thread.getState() != Thread.State.NEW) {
            thread.join(longest);
        }
    }

    private void keep() {
        try {
            loop.run(next -> stopping, this::pass, bugs);
            keeper.stop(ShutdownPolicy.CLOSE_ALL, limit);
        } catch (RuntimeException bug) {
            bugs.accept(bug);
        } finally {
            List.copyOf(standings.keySet()).forEach(desired -> change(desired, new PortStatus.Gone()));
            end();
        }
    }

    private Duration pass() {
        Optional<Failure> failure = save();
        Duration next = keeper.pass();
        Map<DesiredMapping, TrackedMapping> tracked = tracked();
        for (DesiredMapping desired : List.copyOf(standings.keySet())) {
            PortStatus now = standing(desired, Optional.ofNullable(tracked.get(desired)), failure);
            change(desired, now);
            if (now instanceof PortStatus.Gone) {
                standings.remove(desired);
            }
        }
        tellClosed();
        if (failure.isEmpty()) {
            return next;
        }
        Duration again = timeline.elapsed().plus(failure.get() instanceof Failure.Busy ? AGAIN : LATER);
        return again.compareTo(next) < 0 ? again : next;
    }

    /** @return why the state file could not be written; then no router is asked for what is new */
    private Optional<Failure> save() {
        if (unsaved.isEmpty()) {
            return Optional.empty();
        }
        return switch (store.strict().update(snapshot -> with(unsaved, snapshot))) {
            case Result.Err<StateStore.Written>(Failure failure) -> {
                closeUnsaved(failure);
                yield Optional.of(failure);
            }
            case Result.Ok<StateStore.Written> ignored -> {
                unsaved.clear();
                keeper.refresh();
                yield Optional.empty();
            }
        };
    }

    /** A full disk keeps no port open that is to be closed. */
    private void closeUnsaved(Failure failure) {
        Map<DesiredMapping, Wish> closed = new LinkedHashMap<>(unsaved);
        closed.values().removeIf(wish -> wish == Wish.OPEN);
        boolean busy = failure instanceof Failure.Busy;
        if (!busy && !closed.isEmpty() && store.updateAnyway(snapshot -> with(closed, snapshot)) instanceof Result.Ok) {
            unsaved.keySet().removeAll(closed.keySet());
            keeper.refresh();
        }
    }

    private static Snapshot with(Map<DesiredMapping, Wish> changes, Snapshot snapshot) {
        Snapshot after = snapshot;
        for (Map.Entry<DesiredMapping, Wish> change : changes.entrySet()) {
            after = switch (change.getValue()) {
                case OPEN -> after.with(change.getKey());
                case CLOSED -> after.ended(change.getKey());
            };
        }
        return after;
    }

    private Map<DesiredMapping, TrackedMapping> tracked() {
        Map<DesiredMapping, TrackedMapping> tracked = new LinkedHashMap<>();
        for (TrackedMapping one : keeper.tracked()) {
            standings.keySet().stream()
                    .filter(one.desired()::isSameDesire)
                    .findFirst()
                    .ifPresent(desired -> tracked.put(desired, one));
        }
        return tracked;
    }

    private PortStatus standing(DesiredMapping desired, Optional<TrackedMapping> tracked, Optional<Failure> failure) {
        PortStatus before = standings.getOrDefault(desired, new PortStatus.Waiting());
        if (tracked.isPresent()) {
            return standing(tracked.get().state());
        }
        boolean unknown = before instanceof PortStatus.Waiting || before instanceof PortStatus.Failed;
        if (!unknown || isClosedByTheUser(desired)) {
            return new PortStatus.Gone();
        }
        return failure.filter(why -> !(why instanceof Failure.Busy))
                .<PortStatus>map(PortStatus.Failed::new)
                .orElseGet(PortStatus.Waiting::new);
    }

    /** The keeper knows nothing of it any more, nor does the state file, which had it. */
    private boolean isClosedByTheUser(DesiredMapping desired) {
        return !unsaved.containsKey(desired)
                && store.load() instanceof Result.Ok<Snapshot>(Snapshot now)
                && now.desiredMappings().stream().noneMatch(desired::isSameDesire);
    }

    private PortStatus standing(MappingState state) {
        return switch (state) {
            case MappingState.Active active -> new PortStatus.Open(active.lease(), address(active));
            case MappingState.Inactive inactive -> standing(inactive);
        };
    }

    private PortStatus standing(MappingState.Inactive inactive) {
        if (inactive.lost()) {
            return new PortStatus.Lost(inactive.why());
        }
        if (inactive.why().isPresent()) {
            return new PortStatus.Failed(inactive.why().get());
        }
        // Without a reason and not due: another program has opened the same mapping.
        boolean there = inactive.dueAt().compareTo(timeline.elapsed()) > 0;
        return there ? new PortStatus.OpenedByAnother() : new PortStatus.Waiting();
    }

    private Optional<InetAddress> address(MappingState.Active active) {
        return keeper.gateways().stream()
                .filter(status -> status.gateway().equals(active.lease().claim().gateway()))
                .flatMap((GatewayStatus status) -> status.externalAddress().stream())
                .findFirst()
                .or(active.lease()::externalAddress);
    }

    private void change(DesiredMapping desired, PortStatus now) {
        PortStatus before = standings.put(desired, now);
        if (!now.equals(before)) {
            told.accept(desired, now);
        }
    }

    private void tellClosed() {
        if (closing.isEmpty()
                || unsaved.containsValue(Wish.CLOSED)
                || !(store.load() instanceof Result.Ok<Snapshot>(Snapshot now))) {
            return;
        }
        List<Closing> done = closing.stream().filter(one -> one.isDone(now)).toList();
        closing.removeAll(done);
        done.forEach(this::finish);
    }
}
