package dev.ajar.service;

import dev.ajar.config.KeptConfiguration;
import dev.ajar.keeper.Inbox;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperLoop;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.MappingState;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.CommandBackend.UnopenedMapping;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code ajar renew} without a daemon: renews and repairs everything that is due, once. */
final class RenewalPass {
    /** Enough for every mapping on a slow router. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ServiceContext context;
    private final List<KeeperEvent> events = new ArrayList<>();
    private final Consumer<KeeperEvent> told;

    /** @param told receives what happens */
    RenewalPass(ServiceContext context, Consumer<KeeperEvent> told) {
        this.context = context;
        this.told = told.andThen(events::add);
    }

    /** @param disk the state file, locked during the pass */
    Result<RenewalResult> run(StateStore disk, KeptConfiguration wanted) {
        KeeperStore store = new KeeperStore(disk, told);
        Keeper keeper = context.keepers().keeper(store, context.allOwners(), told);
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Result.err(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield store.load().map(snapshot -> {
                        apply(wanted, snapshot, store);
                        return renew(keeper);
                    });
                }
            }
        };
    }

    private void apply(KeptConfiguration wanted, Snapshot snapshot, KeeperStore store) {
        Snapshot applied =
                wanted.appliedTo(snapshot, context.timeline().instant(), file -> Files.exists(Path.of(file)));
        if (!applied.equals(snapshot)) {
            store.save(applied);
        }
    }

    private RenewalResult renew(Keeper keeper) {
        KeeperLoop loop = new KeeperLoop(keeper, context.timeline(), Inbox.ofThisMachine(), () -> false);
        loop.run(KeeperLoop.End.whenDone(context.timeline(), LONGEST), bug -> {
            throw bug;
        });
        return result(keeper, events);
    }

    /** Sums up the keeper's mappings after a pass. */
    static RenewalResult result(Keeper keeper, List<KeeperEvent> events) {
        List<UnopenedMapping> unopened = new ArrayList<>();
        int open = 0;
        for (TrackedMapping tracked : keeper.tracked()) {
            switch (tracked.state()) {
                case MappingState.Active ignored -> open++;
                case MappingState.Inactive inactive ->
                    inactive.why()
                            .map(why -> new UnopenedMapping(
                                    tracked.desired().mapping().label(), why))
                            .ifPresent(unopened::add);
            }
        }
        return new RenewalResult(events, unopened, open);
    }
}
