package dev.ajar.service.backend;

import dev.ajar.container.EngineAddress;
import dev.ajar.control.ControlRequest;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.decision.DualStack;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.GatewayRow;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Serves commands from the daemon's own keeper. Each command is on a thread of its own. */
final class DaemonBackend implements CommandBackend {
    /** The most events a renewal reports. */
    private static final int MOST_RECENT = 1000;

    /** How many events a client sees without reading the history. */
    private static final int MOST_SHOWN = 20;

    /** What a renewal finds due and cannot do in that time, the daemon does later. */
    private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(10);

    private final ServiceContext context;
    private final CommandBackend local;
    private final Map<DesiredMapping, Message> last = new ConcurrentHashMap<>();
    private final List<LoggedEvent> recent = new CopyOnWriteArrayList<>();
    private final Deque<LoggedEvent> shown = new ConcurrentLinkedDeque<>();
    private volatile Optional<Keeper> keeper = Optional.empty();
    private volatile Consumer<Set<RuleKey>> ownRelays = rules -> {};

    DaemonBackend(ServiceContext context, CommandBackend local) {
        this.context = context;
        this.local = local;
    }

    /** Serves commands from {@code made} from now on. */
    Keeper attach(Keeper made) {
        keeper = Optional.of(made);
        return made;
    }

    /** @param stops stops relays of the daemon's own, and returns once its loop knows it */
    void attach(Consumer<Set<RuleKey>> stops) {
        ownRelays = stops;
    }

    /** Remembers the last event of each mapping, and passes every event on. */
    Consumer<KeeperEvent> recording(Consumer<KeeperEvent> others) {
        return event -> {
            if (event instanceof KeeperEvent.OfMapping one) {
                last.put(one.desired(), EventText.shortly(one));
            }
            if (last.size() > MOST_RECENT) {
                forgetEnded();
            }
            LoggedEvent logged = LoggedEvent.of(event, context.timeline().instant());
            if (recent.size() < MOST_RECENT) {
                recent.add(logged);
            }
            shown.addLast(logged);
            if (shown.size() > MOST_SHOWN) {
                shown.pollFirst();
            }
            others.accept(event);
        };
    }

    /** Its keeper no longer has them. */
    private void forgetEnded() {
        keeper.ifPresent(there -> last.keySet()
                .retainAll(there.tracked().stream().map(TrackedMapping::desired).toList()));
    }

    ControlRequest.Response run(ControlRequest request, StateStore store, Optional<Consumer<Message>> user) {
        return context.commands().run(request, store, this, user);
    }

    @Override
    public Optional<Message> keeper() {
        return Optional.of(
                Message.of("daemon.keeper", "pid", context.processes().self().pid()));
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
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
    public Result<WatchReport> watch() {
        return Result.ok(report(relays()));
    }

    /** @param relays that run now */
    private WatchReport report(List<RelayReport> relays) {
        List<GatewayStatus> seen = keeper.map(Keeper::gateways).orElse(List.of());
        List<WatchRow> rows = keeper.map(there -> WatchRows.of(
                        DualStack.withoutAbsent(there.tracked()),
                        seen,
                        last,
                        context.timeline().elapsed(),
                        context.timeline().instant()))
                .orElse(List.of());
        List<GatewayRow> gateways = seen.stream()
                .map(one -> new GatewayRow(
                        Addresses.text(one.gateway().address()),
                        one.gateway().method().title(),
                        one.silent(),
                        one.externalAddress()))
                .toList();
        return new WatchReport(keeper(), rows, gateways, relays, List.copyOf(shown));
    }

    /** What monitoring systems see. */
    Monitoring monitoring(DaemonStatus status) {
        return new Monitoring(
                () -> keeper, this::relays, () -> status.kept().keeper().isPresent(), context.timeline());
    }

    /** What clients see without waiting for the keeper's thread. */
    DaemonStatus status() {
        return new DaemonStatus(() -> report(List.of()), this::relays, context.timeline());
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
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log) {
        return Optional.of(new Failure.Busy(Message.of("daemon.runs-already")));
    }

    @Override
    public Optional<Failure> containers(
            List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log) {
        return daemon(config, keep, log);
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return new Launch.LaunchOutcome.NotRun(
                new Failure.Unsafe(Message.of("daemon.no-programs"), Message.of("daemon.use-a-terminal")));
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest request, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log) {
        return Optional.of(new Failure.Unsafe(Message.of("daemon.no-relays"), Message.of("daemon.use-a-terminal")));
    }

    @Override
    public List<RelayReport> relays() {
        return local.relays();
    }

    @Override
    public StopReport stopRelays(ServiceRequest.StopRelays request) {
        RelayStops.Stopper others = RelayStops.byAsking(context);
        return RelayStops.of(context, this::relays, (relay, rules) -> {
                    if (relay.pid() != context.processes().self().pid()) {
                        return others.stop(relay, rules);
                    }
                    ownRelays.accept(rules);
                    // Their ports are closed now, also while a command holds back what the keeper does by itself.
                    keeper.ifPresent(DaemonBackend::settle);
                    return RelayProcessController.StopAnswer.STOPS;
                })
                .stop(request);
    }
}
