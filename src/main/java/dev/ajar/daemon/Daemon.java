package dev.ajar.daemon;

import dev.ajar.config.DaemonConfig;
import dev.ajar.container.Container;
import dev.ajar.container.HostView;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.control.SocketGroup;
import dev.ajar.control.SocketLocation;
import dev.ajar.json.JsonObject;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperLoop;
import dev.ajar.keeper.decision.DualStack;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.TargetPolicy;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileWatch;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the configured ports open on one thread, beside which commands and exchanges with gateways have their own. */
public final class Daemon {
    private static final Duration RETRY_WHILE_BUSY = Duration.ofMillis(500);
    private static final Duration BETWEEN_ANNOUNCEMENTS = Duration.ofMillis(50);
    private static final int MOST_ANNOUNCED = 16;

    /**
     * What a daemon is made of.
     *
     * @param stateFolder the folder of the state file
     * @param environment of the process
     * @param configuration reads the configuration; a failure if it has errors
     * @param worker runs a command on the given state store; called on one of several threads
     * @param status answers clients that only look
     * @param requests answers the other requests of clients
     * @param http listens for HTTP where the configuration says so
     * @param history writes every event down
     * @param halt ends the process at once
     */
    public record Parts(
            Path stateFolder,
            Map<String, String> environment,
            NetworkView network,
            DatagramPorts ports,
            Timeline timeline,
            StateStore disk,
            Supplier<Result<DaemonConfig>> configuration,
            BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keeper,
            CommandWorker worker,
            StatusSource status,
            PortRequests requests,
            RelayController relays,
            ContainerController containers,
            HttpController http,
            Consumer<Message> log,
            Consumer<KeeperEvent> history,
            Runnable halt) {}

    private final Parts parts;
    private final ChangeHook hook;
    private final SystemdNotifier systemd;
    private final KeeperStore store;
    private final Keeper keeper;
    private final KeeperLoop loop;
    private final CommandExecutor executor;
    private final ContainerMappings containers;
    private final ControlHandler clients = new Clients();
    private final LastResort lastResort = new LastResort();
    private volatile Optional<Thread> keeperThread = Optional.empty();
    private DaemonConfig configuration = DaemonConfig.NONE;
    /** The rules that are to be relayed. */
    private List<RelayRule> relays = List.of();

    /** Those of them that listen. */
    private Set<RuleKey> relayed = Set.of();

    private Optional<DaemonConfig> pending = Optional.empty();

    /** Present once the daemon has to stop. */
    private Optional<ShutdownPolicy> stop = Optional.empty();

    private final Set<InetAddress> announced = ConcurrentHashMap.newKeySet();

    public Daemon(Parts parts) {
        this.parts = parts;
        this.hook = new ChangeHook(parts.environment(), parts.log());
        this.systemd = new SystemdNotifier(parts.environment());
        this.store = new KeeperStore(parts.disk(), this::onStoreEvent);
        this.keeper = parts.keeper().apply(store, this::onEvent);
        this.loop = new KeeperLoop(keeper, parts.timeline(), Inbox.ofThisMachine(), new FileWatch(parts.stateFolder()))
                .withThreads();
        this.executor = new CommandExecutor(keeper, store);
        this.containers = new ContainerMappings(parts.containers(), this::host, this::log, parts.timeline());
    }

    /** Stops the daemon; after the {@link LastResort} it halts the process. For any thread. */
    public void stop(ShutdownPolicy policy) {
        loop.post(() -> stop = Optional.of(policy));
        executor.end();
        Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            // A silent router must not delay the end. Ports still open are pending removals in the state file; the next
            // process closes them.
            lastResort.await(time -> LockSupport.parkNanos(time.toNanos()));
            log(Message.of("daemon.stopped-without-router"));
            parts.halt().run();
        });
    }

    /** Reads the configuration again. For any thread. */
    public void reload() {
        loop.post(() -> {
            switch (parts.configuration().get()) {
                case Result.Ok<DaemonConfig>(DaemonConfig fresh) -> {
                    pending = Optional.of(fresh);
                    parts.relays().resume();
                }
                case Result.Err<DaemonConfig>(Failure failure) ->
                    log(Message.of("daemon.configuration-kept", "why", failure.detail()));
            }
        });
    }

    /** @return why the daemon could not start; empty after an orderly end */
    public Optional<Failure> run() {
        Optional<Failure> wrong = SocketLocation.wrongChoice(parts.environment());
        if (wrong.isPresent()) {
            return wrong;
        }
        return switch (parts.configuration().get()) {
            case Result.Err<DaemonConfig>(Failure failure) -> Optional.of(failure);
            case Result.Ok<DaemonConfig>(DaemonConfig first) -> run(first);
        };
    }

    private Optional<Failure> run(DaemonConfig first) {
        keeperThread = Optional.of(Thread.currentThread());
        pending = Optional.of(first);
        Optional<Failure> notApplied = applyPending();
        if (notApplied.filter(failure -> !(failure instanceof Failure.Busy)).isPresent()) {
            return notApplied;
        }
        Path place = SocketLocation.forDaemon(parts.environment(), parts.stateFolder());
        try {
            SocketLocation.createFolder(place);
            ControlServer control = ControlServer.start(place, clients, SocketGroup.of(parts.environment()));
            AnnouncementListener announcements =
                    AnnouncementListener.start(parts.ports(), parts.network(), this::onAnnouncement);
            try (control;
                    announcements) {
                publish(place);
                parts.http().want(configuration, clients);
                systemd.ready();
                log(Message.of("daemon.keeping", "count", first.mappings().portCount()));
                loop.run(next -> stop.isPresent(), this::pass, this::onBug);
                // An interrupted daemon still closes its ports, which needs a thread that is not interrupted.
                Thread.interrupted();
                lastResort.isSlow(keeper.isPatient()
                        || store.load().toOptional().filter(LastResort::isSlow).isPresent());
                systemd.stopping();
                parts.http().stop();
            }
            parts.relays().stop();
            containers.stop();
            SocketLocation.withdraw(parts.stateFolder());
            keeper.stop(stop.orElse(ShutdownPolicy.CLOSE_ALL), LastResort.STOPPING, LastResort.STOPPING_SLOWLY);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    new Failure.BadState(Message.of("daemon.no-socket", "place", place, "why", ErrorText.reason(e))));
        }
    }

    /** Without this file, commands still look for the socket beside the state file. */
    private void publish(Path place) {
        try {
            SocketLocation.announce(parts.stateFolder(), place);
        } catch (IOException e) {
            log(Message.of("daemon.socket-not-written", "why", ErrorText.reason(e)));
        }
    }

    /** At most one announcement of each gateway waits in the inbox. */
    private void onAnnouncement(InetAddress gateway) {
        if (announced.size() < MOST_ANNOUNCED && announced.add(gateway)) {
            loop.post(() -> {
                announced.remove(gateway);
                keeper.onAnnouncement(gateway);
            });
        }
        LockSupport.parkNanos(BETWEEN_ANNOUNCEMENTS.toNanos());
    }

    /** The port of a relay stays open on the router while the relay listens here. */
    private void relayed(Set<RuleKey> rules) {
        loop.post(() -> {
            if (!rules.equals(relayed)) {
                relayed = rules;
                pending = pending.or(() -> Optional.of(configuration));
                containers.relaysChanged(rules);
            }
        });
    }

    /** @return why it is still pending */
    private Optional<Failure> applyPending() {
        pending.ifPresent(fresh -> containers.configure(fresh.containers(), new Engines()));
        if (pending.isEmpty() && !containers.isDue()) {
            return Optional.empty();
        }
        Result<StateStore.Written> applied =
                store.update(snapshot -> applied(snapshot, parts.timeline().instant()));
        return switch (applied) {
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
            case Result.Ok<StateStore.Written> ignored -> {
                containers.written();
                keeper.refresh();
                configuration = pending.orElse(configuration);
                relay(pending.isPresent());
                pending = Optional.empty();
                yield Optional.empty();
            }
        };
    }

    /** @param configured whether the configuration was read, or other relays listen than before */
    private void relay(boolean configured) {
        List<RelayRule> rules = Stream.concat(configuration.relays().stream(), containers.relays().stream())
                .toList();
        if (configured || !rules.equals(relays)) {
            relays = rules;
            parts.relays().want(rules, this::relayed);
        }
    }

    /** A daemon has one configuration file: mappings of other files end. */
    private Snapshot applied(Snapshot snapshot, Instant now) {
        Snapshot configured = pending.map(fresh -> fresh.mappings(relayed).appliedTo(snapshot, now, file -> false))
                .orElse(snapshot);
        return containers.appliedTo(configured, now);
    }

    private HostView host() {
        return new HostView(
                parts.network().routes().stream().map(LocalRoute::localAddress).collect(Collectors.toSet()),
                TargetPolicy.of(parts.network()),
                pending.orElse(configuration).relays(),
                relayed);
    }

    /** What container engines tell, on threads of their own. */
    private final class Engines implements ContainerController.Listener {
        @Override
        public void containers(String engine, List<Container> now) {
            loop.post(() -> containers.heard(engine, now));
        }

        @Override
        public void told(Message sentence) {
            log(sentence);
        }
    }

    private Duration pass() {
        Optional<Duration> look = containers.waitNoLonger();
        boolean reloaded = pending.isPresent() && !pending.equals(Optional.of(configuration));
        if (containers.isContested()) {
            store.load().toOptional().ifPresent(containers::lookAgain);
        }
        boolean busy = applyPending().isPresent();
        if (reloaded && !busy) {
            log(Message.of("daemon.configuration-read"));
        }
        Duration due = keeper.pass();
        Duration next = look.filter(time -> time.compareTo(due) < 0).orElse(due);
        containers.report(keeper, store);
        parts.status().publish();
        parts.http().want(configuration, clients);
        Duration again = parts.timeline().elapsed().plus(RETRY_WHILE_BUSY);
        return busy && again.compareTo(next) < 0 ? again : next;
    }

    private void onBug(RuntimeException bug) {
        log(Message.of("daemon.bug", "error", new RouterText(bug.toString()).display()));
    }

    /** What clients ask. Each call is on a thread of its own. */
    private final class Clients implements ControlHandler {
        @Override
        public ControlRequest.Response run(ControlRequest request) {
            return executor.run(request, (asked, disk) -> parts.worker().run(asked, disk, Optional.empty()));
        }

        @Override
        public ControlRequest.Response run(ControlRequest request, Consumer<Message> user) {
            return executor.run(request, (asked, disk) -> parts.worker().run(asked, disk, Optional.of(user)));
        }

        @Override
        public String watch() {
            return parts.status().document();
        }

        @Override
        public void follow(Predicate<String> documents) throws InterruptedException {
            parts.status().follow(documents);
        }

        @Override
        public Set<String> requests() {
            return parts.requests().names();
        }

        @Override
        public String answer(String name, JsonObject request) throws InterruptedException {
            return parts.requests().answer(name, request, executor::submit);
        }
    }

    private void log(Message message) {
        parts.log().accept(message);
    }

    /** Commands and exchanges write the state file on threads of their own. */
    private void onStoreEvent(KeeperEvent event) {
        if (keeperThread.filter(thread -> thread != Thread.currentThread()).isPresent()) {
            loop.post(() -> onEvent(event));
        } else {
            onEvent(event);
        }
    }

    private void onEvent(KeeperEvent event) {
        log(EventText.of(event));
        parts.history().accept(event);
        Map<String, String> variables = HookEnvironment.of(event);
        List<String> program = event.about().map(this::listener).orElseGet(configuration.mappings()::onChange);
        if (!variables.isEmpty() && !program.isEmpty()) {
            hook.run(program, variables);
        }
    }

    /** The configuration knows what it asks for; what others desire over IPv6 beside IPv4 is an addition. */
    private List<String> listener(DesiredMapping desired) {
        boolean silent =
                !(desired.owner() instanceof Owner.Configuration) && DualStack.isBeside(desired, keeper.tracked());
        return silent ? List.of() : configuration.mappings().listener(desired);
    }
}
