package dev.ajar.service.backend;

import dev.ajar.config.ConfigLocation;
import dev.ajar.config.DaemonConfig;
import dev.ajar.control.ControlHandler;
import dev.ajar.daemon.ContainerController;
import dev.ajar.daemon.Daemon;
import dev.ajar.daemon.HttpController;
import dev.ajar.daemon.RelayController;
import dev.ajar.daemon.TimestampedLog;
import dev.ajar.history.EventLog;
import dev.ajar.json.JsonWriter;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.lan.DeviceNames;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.client.MachinePorts;
import dev.ajar.service.json.RequestJson;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.state.file.SystemBootClock;
import dev.ajar.system.LocalClock;
import dev.ajar.system.Signals;
import dev.ajar.system.udp.NioDatagramPorts;
import dev.ajar.web.HttpListeners;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Runs the daemon in this process until a signal ends it. */
final class DaemonRunner {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final ServiceContext context;
    private final CommandBackend local;
    private final UnaryOperator<DaemonConfig> typed;
    private final BiConsumer<HttpListeners, Runnable> ready;
    private final Optional<Surroundings> surroundings;
    private volatile Optional<Daemon> running = Optional.empty();

    /**
     * What a daemon has in place of the engines of this machine.
     *
     * @param containers watched from the daemon's start
     * @param disk changes the store of the state file in that folder
     * @param halt ends the process at once
     */
    record Surroundings(ContainerController containers, BiFunction<StateStore, Path, StateStore> disk, Runnable halt) {}

    /**
     * Does not begin yet.
     *
     * @param local answers what does not depend on the daemon
     * @param typed changes what the configuration file says to what the command line says
     * @param ready called once the page can be switched on; the action ends the daemon and leaves its ports open
     */
    DaemonRunner(
            ServiceContext context,
            CommandBackend local,
            UnaryOperator<DaemonConfig> typed,
            BiConsumer<HttpListeners, Runnable> ready) {
        this(context, local, typed, ready, Optional.empty());
    }

    /** @param surroundings empty for those of this machine */
    DaemonRunner(
            ServiceContext context,
            CommandBackend local,
            UnaryOperator<DaemonConfig> typed,
            BiConsumer<HttpListeners, Runnable> ready,
            Optional<Surroundings> surroundings) {
        this.surroundings = surroundings;
        this.context = context;
        this.local = local;
        this.typed = typed;
        this.ready = ready;
    }

    /** @return why it could not begin; empty after an orderly end */
    Optional<Failure> run(Optional<Path> config, ShutdownPolicy policy, Consumer<Message> log) {
        return switch (StateFolder.locate(context.environment())) {
            case Result.Err<Path>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Path>(Path stateFolder) -> {
                FileStateStore disk = new FileStateStore(
                        stateFolder,
                        context.protocols(),
                        new SystemBootClock(context.timeline()),
                        line -> log.accept(Message.verbatim(line)));
                yield switch (disk.lockForLife()) {
                    case Result.Err<StateStore.Lock>(Failure.Busy busy) -> Optional.of(second(stateFolder, busy));
                    case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
                    case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                        try (lock) {
                            disk.sweep();
                            yield run(stateFolder, disk, config, policy, timestamped(log));
                        }
                    }
                };
            }
        };
    }

    /** With the number of the process that is the daemon, where it answers. */
    private static Failure second(Path stateFolder, Failure.Busy busy) {
        Message detail = MachinePorts.daemon(stateFolder)
                .flatMap(DaemonLink::keeper)
                .map(keeper -> Message.of("daemon.second", "keeper", keeper))
                .orElse(busy.detail());
        return new Failure.Busy(detail, true);
    }

    /** Under systemd the journal adds the time itself. */
    private Consumer<Message> timestamped(Consumer<Message> log) {
        boolean journal =
                !context.environment().getOrDefault("JOURNAL_STREAM", "").isEmpty();
        return journal ? log : new TimestampedLog(context.timeline(), LocalClock.ofThisMachine(), log);
    }

    private Optional<Failure> run(
            Path stateFolder,
            FileStateStore file,
            Optional<Path> config,
            ShutdownPolicy policy,
            Consumer<Message> log) {
        StateStore disk =
                surroundings.map(other -> other.disk().apply(file, stateFolder)).orElse(file);
        DaemonBackend backend = new DaemonBackend(context, local);
        RelayProcessController relays = new RelayProcessController(
                context.environment(), Optional.of(stateFolder), RelayReport.RunBy.DAEMON, log);
        backend.attach(rules -> relays.stopRules(rules).join());
        DaemonStatus status = backend.status();
        Monitoring monitoring = backend.monitoring(status);
        HttpListeners http = new HttpListeners(
                new HttpListeners.Sources(
                        monitoring::metrics,
                        monitoring::readiness,
                        devices()::document,
                        new NextHop(context.network(), context.timeline(), context.nextHop())::document,
                        DaemonRunner::look),
                stateFolder,
                context.timeline(),
                new SecureRandom(),
                log);
        Daemon daemon = new Daemon(new Daemon.Parts(
                stateFolder,
                context.environment(),
                context.network(),
                new NioDatagramPorts(),
                context.timeline(),
                disk,
                () -> DaemonConfig.load(config, ConfigLocation.locate(context.environment()), context.syntax())
                        .map(typed),
                (store, events) -> backend.attach(context.keepers()
                        .keeper(store, context.allOwners(), backend.recording(monitoring.counting(events)))),
                backend::run,
                status,
                requests(backend, status, stateFolder, http::link),
                controller(relays),
                surroundings
                        .map(Surroundings::containers)
                        .orElseGet(() -> new EngineWatches(context.environment(), context.timeline())),
                new Announced(http, () -> ready.accept(http, this::end)),
                log,
                EventLog.in(stateFolder, context.timeline(), failure -> log.accept(failure.detail())),
                surroundings
                        .map(Surroundings::halt)
                        .orElseGet(() -> () -> Runtime.getRuntime().halt(0))));
        running = Optional.of(daemon);
        Signals.hear(
                "TERM",
                signal -> daemon.stop(UpgradeMark.of(context.environment())
                        .policy(policy, context.timeline().instant())));
        Signals.hear("INT", signal -> daemon.stop(policy));
        Signals.hear("HUP", signal -> daemon.reload());
        return daemon.run();
    }

    private Devices devices() {
        return new Devices(
                context.network(),
                new DeviceNames(
                        new NioDatagramPorts(),
                        context.timeline(),
                        context.names(),
                        work -> Thread.ofVirtual().name("device-names").start(work)),
                context.neighbours());
    }

    private void end() {
        stop(ShutdownPolicy.KEEP_ALL);
    }

    /** Ends the daemon, if it runs. For any thread. */
    void stop(ShutdownPolicy policy) {
        running.ifPresent(daemon -> daemon.stop(policy));
    }

    private static String look(GatewaySelector selection) {
        return JsonWriter.write(RequestJson.write(new ServiceRequest.Look(selection, false, LOOK)));
    }

    private DaemonRequests requests(
            CommandBackend backend, DaemonStatus status, Path stateFolder, Function<String, Result<String>> page) {
        // Read on the threads of clients, so not by the keeper's own store.
        FileStateStore reading = new FileStateStore(
                stateFolder, context.protocols(), new SystemBootClock(context.timeline()), warning -> {});
        CachedReports reports = new CachedReports(
                context.ports(), backend, context.ports().ports(reading, backend), status::kept, context.timeline());
        return new DaemonRequests(context.ports(), backend, reports, page);
    }

    private static RelayController controller(RelayProcessController relays) {
        return new RelayController() {
            @Override
            public void want(List<RelayRule> rules, Consumer<Set<RuleKey>> relayed) {
                relays.want(rules, relayed);
            }

            @Override
            public void resume() {
                relays.resume();
            }

            @Override
            public void stop() {
                relays.stop();
            }
        };
    }

    /** Tells once that the listeners know the daemon. */
    private static final class Announced implements HttpController {
        private final HttpListeners http;
        private final Runnable ready;
        private boolean told;

        Announced(HttpListeners http, Runnable ready) {
            this.http = http;
            this.ready = ready;
        }

        @Override
        public void want(DaemonConfig config, ControlHandler clients) {
            http.want(config, clients);
            if (!told) {
                ready.run();
            }
            told = true;
        }

        @Override
        public void stop() {
            http.stop();
        }
    }
}
