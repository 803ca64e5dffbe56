package dev.ajar.app;

import dev.ajar.cli.Elsewhere;
import dev.ajar.cli.Life;
import dev.ajar.cli.RelayOrder;
import dev.ajar.cli.config.ConfigFile;
import dev.ajar.cli.config.ConfigPlace;
import dev.ajar.cli.output.RelayReport;
import dev.ajar.cli.output.WatchRow;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlPlace;
import dev.ajar.control.Errand;
import dev.ajar.daemon.Daemon;
import dev.ajar.daemon.Orders;
import dev.ajar.keeper.Configuration;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.Kept;
import dev.ajar.keeper.Mandate;
import dev.ajar.keeper.Standing;
import dev.ajar.launch.Launch;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
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
final class Household implements Life {
    /** A renewal looks after everything, however long the router takes. */
    private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(2);

    private static final Errand WATCH = new Errand(List.of("watch", "--once", "--json"), Map.of(), false, true);

    private final Wiring wiring;
    private final Map<String, String> environment;
    private final Consumer<String> warnings;
    private final Processes processes = new SystemProcesses();

    /** @param warnings told when the notes were damaged */
    Household(Wiring wiring, Map<String, String> environment, Consumer<String> warnings) {
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
    Elsewhere elsewhere() {
        return errand -> StateFolder.locate(environment)
                .toOptional()
                .map(ControlPlace::of)
                .flatMap(place -> ControlClient.ask(place, errand));
    }

    @Override
    public Optional<Path> configPlace() {
        return ConfigPlace.locate(environment);
    }

    Optional<ConfigFile> configFile(Optional<Path> named) {
        return named.or(this::configPlace).flatMap(ConfigFile::read);
    }

    private Result<Configuration> configuration(Optional<Path> named) {
        return orders(named).map(Orders::withoutRelays);
    }

    private Result<Orders> orders(Optional<Path> named) {
        String place = named.or(this::configPlace)
                .map(file -> file.toAbsolutePath().normalize().toString())
                .orElse("");
        Optional<ConfigFile> file = configFile(named);
        if (file.isEmpty()) {
            return named.isPresent()
                    ? Result.err(new Failure.BadConfiguration("there is no file " + named.get()))
                    : Result.ok(new Orders(Configuration.EMPTY.in(place), List.of()));
        }
        return file.get().problems().isEmpty()
                ? Result.ok(new Orders(
                        file.get().configuration().in(place), file.get().relays()))
                : Result.err(new Failure.BadConfiguration(
                        file.get().problems().getFirst().in(place)));
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log) {
        return switch (StateFolder.locate(environment)) {
            case Result.Err<Path>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Path>(Path notes) -> {
                FileStateStore disk = new FileStateStore(notes, log);
                yield switch (disk.lockForLife()) {
                    case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
                    case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                        try (lock) {
                            yield daemon(notes, disk, config, keep, log);
                        }
                    }
                };
            }
        };
    }

    private Optional<Failure> daemon(
            Path notes, FileStateStore disk, Optional<Path> config, boolean keep, Consumer<String> log) {
        Indoors indoors = new Indoors(wiring, this);
        Journal journal = new Journal(timeline(), environment, log);
        Relaying relaying = new Relaying(environment, Optional.of(notes), false, journal);
        Daemon daemon = new Daemon(new Daemon.Parts(
                notes,
                environment,
                new dev.ajar.system.HomeNetwork(wiring.network()),
                new NioDatagramPorts(),
                timeline(),
                disk,
                () -> orders(config),
                (store, events) -> indoors.remember(
                        wiring.keeper(store, Mandate.ofEverybody(this::lives), indoors.listening(events))),
                indoors::carryOut,
                relaying,
                journal,
                () -> Runtime.getRuntime().halt(0)));
        Signals.hear("TERM", signal -> daemon.stop(keep));
        Signals.hear("INT", signal -> daemon.stop(keep));
        Signals.hear("HUP", signal -> daemon.reload());
        return daemon.run();
    }

    @Override
    public Result<Pass> renew(Optional<Path> config) {
        return StateFolder.locate(environment)
                .flatMap(notes -> configuration(config).flatMap(wanted -> renew(notes, wanted)));
    }

    private Result<Pass> renew(Path notes, Configuration wanted) {
        FileStateStore disk = new FileStateStore(notes, warnings);
        List<KeeperEvent> events = new ArrayList<>();
        KeeperStore store = new KeeperStore(disk, events::add);
        Keeper keeper = wiring.keeper(store, Mandate.ofEverybody(this::lives), events::add);
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Result.err(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield store.load().flatMap(snapshot -> renew(keeper, store, snapshot, wanted, events));
                }
            }
        };
    }

    private Result<Pass> renew(
            Keeper keeper, KeeperStore store, Snapshot snapshot, Configuration wanted, List<KeeperEvent> events) {
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

    static Pass passOf(Keeper keeper, List<KeeperEvent> events) {
        List<Trouble> troubles = new ArrayList<>();
        int open = 0;
        for (Kept kept : keeper.kept()) {
            switch (kept.standing()) {
                case Standing.Open ignored -> open++;
                case Standing.Absent absent ->
                    absent.why()
                            .ifPresent(why -> troubles.add(
                                    new Trouble(kept.wish().mapping().label(), why)));
            }
        }
        return new Pass(List.copyOf(events), troubles, open);
    }

    @Override
    public Launch.Outcome run(Launch.Plan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return switch (StateFolder.locate(environment)) {
            case Result.Err<Path>(Failure failure) ->
                launch(new dev.ajar.state.MemoryStateStore(), told, warned, Optional.of(failure))
                        .run(plan);
            case Result.Ok<Path>(Path notes) ->
                launch(new FileStateStore(notes, warnings), told, warned, Optional.empty())
                        .run(plan);
        };
    }

    private Launch launch(
            StateStore disk, Consumer<KeeperEvent> told, Consumer<Failure> warned, Optional<Failure> noNotes) {
        noNotes.ifPresent(warned);
        Processes.Identity self = processes.self();
        Owner.Launch owner = new Owner.Launch(self.pid(), self.started());
        return new Launch(
                disk,
                timeline(),
                owner,
                (store, events) -> wiring.keeper(store, Mandate.ofLaunch(owner, this::lives), events),
                told,
                warned);
    }

    @Override
    public Result<List<WatchRow>> watch() {
        Optional<Errand.Done> done = elsewhere().ask(WATCH);
        if (done.isPresent()) {
            return WatchRows.of(done.get().out());
        }
        return StateFolder.locate(environment)
                .flatMap(notes -> new FileStateStore(notes, warnings).load())
                .map(snapshot -> WatchRows.of(snapshot, timeline().instant()));
    }

    /** The launcher tells whether somebody sits there. */
    @Override
    public boolean agrees(String question) {
        return Boolean.getBoolean("ajar.asks") && Question.agreed(question, System.in, System.err);
    }

    @Override
    public Optional<String> keeper() {
        return elsewhere().ask(WATCH).flatMap(done -> WatchRows.keeper(done.out()));
    }

    @Override
    public boolean pause(Duration time) {
        new SystemPause().pause(time);
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public Optional<Failure> relay(RelayOrder order, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log) {
        Relaying relaying = new Relaying(environment, notes(), true, log);
        Optional<Failure> trouble = relaying.begin(order.rules());
        if (trouble.isPresent()) {
            return trouble;
        }
        ready.run();
        if (order.mappings().isEmpty()) {
            return relaying.alone(order.stay());
        }
        return switch (run(
                new Launch.Plan(
                        relaying.program(order.stay()), order.mappings(), List.of(order.selection()), false, false),
                told,
                failure -> log.accept("no port is opened: " + failure.detail()))) {
            case Launch.Outcome.Ended ignored -> Optional.empty();
            case Launch.Outcome.NotRun(Failure failure) -> Optional.of(failure);
            case Launch.Outcome.NoProgram(int exitCode, String detail) -> Optional.of(new Failure.BadState(detail));
        };
    }

    @Override
    public List<RelayReport> relays() {
        return Relaying.reports(environment, notes());
    }

    private Optional<Path> notes() {
        return StateFolder.locate(environment).toOptional();
    }
}
