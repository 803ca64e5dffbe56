package dev.ajar.service.backend;

import dev.ajar.config.KeptConfiguration;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperLoop;
import dev.ajar.keeper.decision.DualStack;
import dev.ajar.keeper.decision.RunSchedule;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.CommandBackend.ShortLease;
import dev.ajar.service.CommandBackend.UnopenedMapping;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceContext;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ajar renew} without a daemon: renews and repairs everything that is due, once. */
final class RenewalPass {
    /** Enough for every mapping on a slow router. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** How long to wait for a router that does not answer a renewal, since the next run may come too late. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * How long to wait for another ajar, such as a second cron: what it does may not be what this run has to do. A rule
     * on a slow router's own interface takes it half a minute, and as long as that waits for its turn there.
     */
    private static final Duration TURN = Duration.ofSeconds(75);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final ServiceContext context;
    private final RunLog log;
    private final List<LoggedEvent> events = new ArrayList<>();
    private final Consumer<KeeperEvent> told;
    private List<DesiredMapping> desired = List.of();

    /**
     * @param told receives what happens
     * @param log the runs before
     */
    RenewalPass(ServiceContext context, Consumer<KeeperEvent> told, RunLog log) {
        this.context = context;
        Consumer<KeeperEvent> all = told.andThen(
                event -> events.add(LoggedEvent.of(event, context.timeline().instant())));
        this.told = event -> {
            if (!isAside(event)) {
                all.accept(event);
            }
        };
        this.log = log;
    }

    /** @param disk the state file, locked during the pass */
    Result<RenewalResult> run(
            StateStore disk, KeptConfiguration wanted, RenewalRequest request, Consumer<Message> waiting) {
        Instant begin = context.timeline().instant();
        List<RunLog.Run> earlier = log.runs();
        List<Instant> runs = Stream.concat(earlier.stream().map(RunLog.Run::at), Stream.of(begin))
                .toList();
        RunSchedule schedule = request.schedule(runs);
        KeeperStore store = new KeeperStore(disk, told);
        Keeper keeper =
                context.keepers().keeper(store, context.lastingOwners(), told).forRuns(schedule);
        return switch (lock(store, waiting)) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Result.err(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield store.load().map(snapshot -> {
                        apply(wanted, snapshot, store);
                        renew(keeper);
                        List<ShortLease> tooShort =
                                request.knowsInterval(runs) ? tooShort(keeper, schedule, earlier) : List.of();
                        log.add(new RunLog.Run(
                                begin,
                                tooShort.stream().map(RenewalPass::remark).toList()));
                        return result(keeper, events, tooShort);
                    });
                }
            }
        };
    }

    private Result<StateStore.Lock> lock(StateStore store, Consumer<Message> waiting) {
        Deadline turn = Deadline.after(context.timeline(), TURN);
        Result<StateStore.Lock> lock = store.lock();
        if (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy busy)) {
            waiting.accept(Message.of("command.renew-waits", "seconds", TURN.toSeconds(), "why", busy.detail()));
        }
        while (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored) && !turn.hasPassed()) {
            context.pause().pause(BETWEEN_TRIES);
            lock = store.lock();
        }
        return lock;
    }

    private void apply(KeptConfiguration wanted, Snapshot snapshot, KeeperStore store) {
        Snapshot applied =
                wanted.appliedTo(snapshot, context.timeline().instant(), file -> Files.exists(Path.of(file)));
        desired = applied.desiredMappings();
        if (!applied.equals(snapshot)) {
            store.save(applied);
        }
    }

    /** Each run tries again what does not open over IPv6 beside IPv4; cron would send the same mail all day. */
    private boolean isAside(KeeperEvent event) {
        return event instanceof KeeperEvent.Failed failed && desired.stream().anyMatch(failed.desired()::isBeside);
    }

    private void renew(Keeper keeper) {
        KeeperLoop loop = new KeeperLoop(keeper, context.timeline(), Inbox.ofThisMachine(), () -> false);
        loop.run(KeeperLoop.End.whenSettled(keeper, context.timeline(), PATIENCE, LONGEST), bug -> {
            throw bug;
        });
    }

    private static List<ShortLease> tooShort(Keeper keeper, RunSchedule schedule, List<RunLog.Run> earlier) {
        Set<String> toldBefore =
                earlier.stream().flatMap(run -> run.remarks().stream()).collect(Collectors.toSet());
        List<ShortLease> all = new ArrayList<>();
        for (TrackedMapping tracked : keeper.tracked()) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.renewAt().isPresent()
                    && schedule.isTooShort(open.lease())) {
                ShortLease one = new ShortLease(
                        tracked.desired().mapping().label(),
                        open.lease().granted(),
                        schedule.interval().orElseThrow(),
                        false);
                all.add(new ShortLease(one.label(), one.lease(), one.interval(), toldBefore.contains(remark(one))));
            }
        }
        return all;
    }

    /** Without the interval, which is a little different each time it is learnt. */
    private static String remark(ShortLease one) {
        return one.label() + " " + one.lease().seconds();
    }

    /** Sums up the keeper's mappings after a pass. */
    static RenewalResult result(Keeper keeper, List<LoggedEvent> events, List<ShortLease> tooShort) {
        List<UnopenedMapping> unopened = new ArrayList<>();
        int open = 0;
        for (TrackedMapping tracked : DualStack.withoutClosed(keeper.tracked())) {
            switch (tracked.state()) {
                case MappingState.Active ignored -> open++;
                case MappingState.Inactive inactive ->
                    inactive.why()
                            .map(why -> new UnopenedMapping(
                                    tracked.desired().mapping().label(), why))
                            .ifPresent(unopened::add);
            }
        }
        return new RenewalResult(events, unopened, open, tooShort);
    }
}
