package dev.ajar.app;

import dev.ajar.cli.command.CommandBackend;
import dev.ajar.cli.command.DaemonClient;
import dev.ajar.cli.command.RelayRequest;
import dev.ajar.cli.render.RelayReport;
import dev.ajar.cli.render.WatchRow;
import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigLocation;
import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.daemon.Daemon;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.MappingState;
import dev.ajar.keeper.OwnerScope;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.state.FileStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateFolder;
import dev.ajar.state.StateStore;
import dev.ajar.system.Processes;
import dev.ajar.system.Signals;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemProcesses;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.NioDatagramPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Life on a real machine: its notes, its configuration file, its processes. */
final class LocalBackend implements CommandBackend {
    /** A renewal looks after everything, however long the router takes. */
    private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(2);

    private static final ControlRequest WATCH =
            new ControlRequest(List.of("watch", "--once", "--json"), Map.of(), false, true);

    private final Wiring wiring;
    private final Map<String, String> environment;
    private final Consumer<String> warnings;
    private final Processes processes = new SystemProcesses();

    /** @param warnings told when the notes were damaged */
    LocalBackend(Wiring wiring, Map<String, String> environment, Consumer<String> warnings) {
        this.wiring = wiring;
        this.environment = environment;
        this.warnings = warnings;
    }

    private Timeline timeline() {
        return wiring.timeline();
    }

    private boolean lives(Owner.Launch launch) {
        return processes.lives(new Processes.Identity(launch.pid(), launch.started()));
    }

    /** The daemon of these notes, if one answers. */
    DaemonClient daemonClient() {
        return controlRequest -> StateFolder.locate(environment)
                .toOptional()
                .map(SocketLocation::of)
                .flatMap(place -> ControlClient.ask(place, controlRequest));
    }

    @Override
    public Optional<Path> configPlace() {
        return ConfigLocation.locate(environment);
    }

    Optional<ConfigFile> configFile(Optional<Path> named) {
        return named.or(this::configPlace).flatMap(ConfigFile::read);
    }

    private Result<KeptConfiguration> configuration(Optional<Path> named) {
        return orders(named).map(DaemonConfig::withoutRelays);
    }

    private Result<DaemonConfig> orders(Optional<Path> named) {
        String place = named.or(this::configPlace)
                .map(file -> file.toAbsolutePath().normalize().toString())
                .orElse("");
        Optional<ConfigFile> file = configFile(named);
        if (file.isEmpty()) {
            return named.isPresent()
                    ? Result.err(new Failure.BadConfiguration(Message.verbatim("there is no file " + named.get())))
                    : Result.ok(new DaemonConfig(KeptConfiguration.EMPTY.in(place), List.of()));
        }
        return file.get().problems().isEmpty()
                ? Result.ok(new DaemonConfig(
                        file.get().configuration().in(place), file.get().relays()))
                : Result.err(new Failure.BadConfiguration(
                        Message.verbatim(file.get().problems().getFirst().in(place))));
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log) {
        return switch (StateFolder.locate(environment)) {
            case Result.Err<Path>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Path>(Path stateFolder) -> {
                FileStateStore disk = new FileStateStore(stateFolder, log);
                yield switch (disk.lockForLife()) {
                    case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
                    case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                        try (lock) {
                            yield daemon(stateFolder, disk, config, keep, log);
                        }
                    }
                };
            }
        };
    }

    private Optional<Failure> daemon(
            Path stateFolder, FileStateStore disk, Optional<Path> config, boolean keep, Consumer<String> log) {
        DaemonBackend daemonBackend = new DaemonBackend(wiring, this);
        TimestampedLog journal = new TimestampedLog(timeline(), environment, log);
        RelayProcessController relaying =
                new RelayProcessController(environment, Optional.of(stateFolder), false, journal);
        Daemon daemon = new Daemon(new Daemon.Parts(
                stateFolder,
                environment,
                new dev.ajar.system.HomeNetwork(wiring.network()),
                new NioDatagramPorts(),
                timeline(),
                disk,
                () -> orders(config),
                (store, events) -> daemonBackend.remember(
                        wiring.keeper(store, OwnerScope.ofAllOwners(this::lives), daemonBackend.listening(events))),
                daemonBackend::carryOut,
                relaying,
                journal,
                () -> Runtime.getRuntime().halt(0)));
        Signals.hear("TERM", signal -> daemon.stop(keep));
        Signals.hear("INT", signal -> daemon.stop(keep));
        Signals.hear("HUP", signal -> daemon.reload());
        return daemon.run();
    }

    @Override
    public Result<RenewalResult> renew(Optional<Path> config) {
        return StateFolder.locate(environment)
                .flatMap(stateFolder -> configuration(config).flatMap(wanted -> renew(stateFolder, wanted)));
    }

    private Result<RenewalResult> renew(Path stateFolder, KeptConfiguration wanted) {
        FileStateStore disk = new FileStateStore(stateFolder, warnings);
        List<KeeperEvent> events = new ArrayList<>();
        KeeperStore store = new KeeperStore(disk, events::add);
        Keeper keeper = wiring.keeper(store, OwnerScope.ofAllOwners(this::lives), events::add);
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Result.err(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield store.load().flatMap(snapshot -> renew(keeper, store, snapshot, wanted, events));
                }
            }
        };
    }

    private Result<RenewalResult> renew(
            Keeper keeper, KeeperStore store, Snapshot snapshot, KeptConfiguration wanted, List<KeeperEvent> events) {
        Snapshot applied = wanted.appliedTo(snapshot, timeline().instant(), file -> Files.exists(Path.of(file)));
        if (!applied.equals(snapshot)) {
            store.save(applied);
        }
        Duration end = timeline().uptime().plus(LONGEST_RENEWAL);
        while (keeper.pass().compareTo(timeline().elapsed()) <= 0
                && timeline().uptime().compareTo(end) < 0) {
            // Everything that is due, however many passes it takes.
        }
        return Result.ok(passOf(keeper, events));
    }

    static RenewalResult passOf(Keeper keeper, List<KeeperEvent> events) {
        List<UnopenedMapping> troubles = new ArrayList<>();
        int open = 0;
        for (TrackedMapping tracked : keeper.tracked()) {
            switch (tracked.state()) {
                case MappingState.Active ignored -> open++;
                case MappingState.Inactive absent ->
                    absent.why()
                            .ifPresent(why -> troubles.add(new UnopenedMapping(
                                    tracked.desired().mapping().label(), why)));
            }
        }
        return new RenewalResult(List.copyOf(events), troubles, open);
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return switch (StateFolder.locate(environment)) {
            case Result.Err<Path>(Failure failure) ->
                launch(new dev.ajar.state.MemoryStateStore(), told, warned, Optional.of(failure))
                        .run(plan);
            case Result.Ok<Path>(Path stateFolder) ->
                launch(new FileStateStore(stateFolder, warnings), told, warned, Optional.empty())
                        .run(plan);
        };
    }

    private Launch launch(
            StateStore disk, Consumer<KeeperEvent> told, Consumer<Failure> warned, Optional<Failure> noState) {
        noState.ifPresent(warned);
        Processes.Identity self = processes.self();
        Owner.Launch owner = new Owner.Launch(self.pid(), self.started());
        return new Launch(
                disk,
                timeline(),
                owner,
                (store, events) -> wiring.keeper(store, OwnerScope.ofLaunch(owner, this::lives), events),
                told,
                warned);
    }

    @Override
    public Result<List<WatchRow>> watch() {
        Optional<ControlRequest.Response> done = daemonClient().ask(WATCH);
        if (done.isPresent()) {
            return WatchRows.of(done.get().out());
        }
        return StateFolder.locate(environment)
                .flatMap(stateFolder -> new FileStateStore(stateFolder, warnings).load())
                .map(snapshot -> WatchRows.of(snapshot, timeline().instant()));
    }

    /** The launcher tells whether somebody sits there. */
    @Override
    public boolean agrees(String question) {
        return Boolean.getBoolean("ajar.asks") && ConfirmationPrompt.agreed(question, System.in, System.err);
    }

    @Override
    public Optional<String> keeper() {
        return daemonClient().ask(WATCH).flatMap(done -> WatchRows.keeper(done.out()));
    }

    @Override
    public boolean pause(Duration time) {
        new SystemPause().pause(time);
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest order, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log) {
        RelayProcessController relaying = new RelayProcessController(environment, stateFolder(), true, log);
        Optional<Failure> trouble = relaying.begin(order.rules());
        if (trouble.isPresent()) {
            return trouble;
        }
        ready.run();
        if (order.mappings().isEmpty()) {
            return relaying.alone(order.stay());
        }
        return switch (run(
                new Launch.LaunchPlan(
                        relaying.program(order.stay()), order.mappings(), List.of(order.selection()), false, false),
                told,
                failure -> log.accept("no port is opened: " + failure.detail()))) {
            case Launch.LaunchOutcome.Ended ignored -> Optional.empty();
            case Launch.LaunchOutcome.NotRun(Failure failure) -> Optional.of(failure);
            case Launch.LaunchOutcome.NoProgram(int exitCode, String detail) ->
                Optional.of(new Failure.BadState(Message.verbatim(detail)));
        };
    }

    @Override
    public List<RelayReport> relays() {
        return RelayProcessController.reports(environment, stateFolder());
    }

    private Optional<Path> stateFolder() {
        return StateFolder.locate(environment).toOptional();
    }
}
