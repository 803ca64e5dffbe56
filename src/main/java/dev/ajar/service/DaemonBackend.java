package dev.ajar.service;

import dev.ajar.control.ControlRequest;
import dev.ajar.daemon.StatusSource;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.EventText;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Serves commands from the daemon's own keeper. Each command is on a thread of its own. */
final class DaemonBackend implements CommandBackend {
    /** The most events a renewal reports. */
    private static final int MOST_RECENT = 1000;

    /** What a renewal finds due and cannot do in that time, the daemon does later. */
    private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(10);

    private final ServiceContext context;
    private final CommandBackend local;
    private final Map<DesiredMapping, String> last = new ConcurrentHashMap<>();
    private final List<KeeperEvent> recent = new CopyOnWriteArrayList<>();
    private volatile Optional<Keeper> keeper = Optional.empty();

    DaemonBackend(ServiceContext context, CommandBackend local) {
        this.context = context;
        this.local = local;
    }

    /** Serves commands from {@code made} from now on. */
    Keeper attach(Keeper made) {
        keeper = Optional.of(made);
        return made;
    }

    /** Remembers the last event of each mapping, and passes every event on. */
    Consumer<KeeperEvent> recording(Consumer<KeeperEvent> others) {
        return event -> {
            event.about()
                    .ifPresent(desired ->
                            EventText.shortly(event).ifPresent(words -> last.put(desired, words.toString())));
            if (recent.size() < MOST_RECENT) {
                recent.add(event);
            }
            others.accept(event);
        };
    }

    ControlRequest.Response run(ControlRequest request, StateStore store) {
        keeper.ifPresent(there -> last.keySet()
                .retainAll(there.tracked().stream().map(TrackedMapping::desired).toList()));
        return context.commands().run(request, store, this);
    }

    @Override
    public Optional<String> keeper() {
        return Optional.of(Messages.ENGLISH.text(
                "daemon.keeper", "pid", context.processes().self().pid()));
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request) {
        recent.clear();
        keeper.ifPresent(DaemonBackend::settle);
        return keeper.<Result<RenewalResult>>map(there -> Result.ok(RenewalPass.result(there, recent, List.of())))
                .orElseGet(() -> Result.err(new Failure.Busy(Message.of("daemon.starting"))));
    }

    private static void settle(Keeper keeper) {
        CountDownLatch settled = new CountDownLatch(1);
        keeper.settle(settled::countDown);
        try {
            boolean ignored = settled.await(LONGEST_RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Result<List<WatchRow>> watch() {
        return Result.ok(rows());
    }

    private List<WatchRow> rows() {
        return keeper.map(there ->
                        WatchRows.of(there.tracked(), last, context.timeline().elapsed()))
                .orElse(List.of());
    }

    /** What clients see without waiting for the keeper's thread. */
    StatusSource status() {
        return new DaemonStatus(this::rows, this, context.timeline());
    }

    @Override
    public Result<List<LoggedEvent>> events(Duration back) {
        return local.events(back);
    }

    @Override
    public boolean pause(Duration time) {
        return false;
    }

    @Override
    public Optional<Path> configPlace() {
        return local.configPlace();
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log) {
        return Optional.of(new Failure.Busy(Message.of("daemon.runs-already")));
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return new Launch.LaunchOutcome.NotRun(
                new Failure.Unsafe(Message.of("daemon.no-programs"), Message.of("daemon.use-a-terminal")));
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest request, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log) {
        return Optional.of(new Failure.Unsafe(Message.of("daemon.no-relays"), Message.of("daemon.use-a-terminal")));
    }

    @Override
    public List<RelayReport> relays() {
        return local.relays();
    }
}
