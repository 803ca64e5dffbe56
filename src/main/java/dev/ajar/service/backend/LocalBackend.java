package dev.ajar.service.backend;

import dev.ajar.background.BackgroundTask;
import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigLocation;
import dev.ajar.config.DaemonConfig;
import dev.ajar.container.EngineAddress;
import dev.ajar.history.EventLog;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.kubernetes.client.AddOn;
import dev.ajar.launch.Launch;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.relay.controller.RelayStart;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.PageLink;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.WatchReport;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.state.file.SystemBootClock;
import dev.ajar.system.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Serves the commands from this machine's state file, configuration file and processes. */
public final class LocalBackend implements CommandBackend {
    private final ServiceContext context;
    private final RelayStart alone;

    public LocalBackend(ServiceContext context) {
        this(context, RelayStart.AS_PROCESS);
    }

    /** @param alone starts a relay without ports on a router */
    public LocalBackend(ServiceContext context, RelayStart alone) {
        this.context = context;
        this.alone = alone;
    }

    /** The value of an option the user did not type: from the environment, else from the configuration file. */
    public Optional<String> setting(String name) {
        String variable = "AJAR_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        String value = context.environment().getOrDefault(variable, "");
        return value.isEmpty()
                ? configPlace()
                        .flatMap(file -> ConfigFile.read(file, context.syntax()))
                        .flatMap(file -> file.settings().of(name))
                : Optional.of(value);
    }

    @Override
    public Optional<Path> statePlace() {
        return StateFolder.locate(context.environment()).toOptional();
    }

    @Override
    public Optional<Path> configPlace() {
        return ConfigLocation.locate(context.environment());
    }

    @Override
    public Optional<BackgroundTask> background() {
        return BackgroundTask.of(
                context.environment(), System.getProperty("os.name", ""), System.getProperty("ajar.home", ""));
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log) {
        return new DaemonRunner(context, this, UnaryOperator.identity(), (http, end) -> {})
                .run(config, ShutdownPolicy.of(keep), log);
    }

    @Override
    public boolean hasEnded(Owner.Launch launch) {
        return !context.isRunning(launch);
    }

    @Override
    public Optional<Message> launchKeeper(List<ReportedMapping> open) {
        return StateFolder.locate(context.environment())
                .flatMap(stateFolder -> disk(stateFolder).load())
                .toOptional()
                .flatMap(snapshot -> LaunchKeeper.of(snapshot, context::isRunning, open));
    }

    @Override
    public Optional<Failure> containers(
            List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log) {
        return new DaemonRunner(context, this, configured -> configured.watching(engines), (http, end) -> {})
                .run(config, ShutdownPolicy.of(keep), log);
    }

    @Override
    public Optional<Failure> kubernetes(ClusterSettings settings, Consumer<Message> log) {
        return AddOn.missing(LocalBackend.class.getClassLoader(), System.getProperty("ajar.home", ""))
                .or(() -> new ClusterRunner(context, this, settings).run(log));
    }

    @Override
    public Optional<Failure> daemonWithPage(
            Optional<Path> config, String language, Consumer<PageLink> ready, Consumer<Message> log) {
        PageStart page = new PageStart(context.protocols(), ready);
        return new DaemonRunner(
                        context,
                        this,
                        UnaryOperator.identity(),
                        (http, end) ->
                                Thread.ofVirtual().name("page").start(() -> page.begin(() -> http.link(language), end)))
                .run(config, ShutdownPolicy.KEEP_ALL, log)
                .or(page::failure);
    }

    @Override
    public boolean browse(Path file) {
        return Browser.show(file, System.getProperty("os.name", ""), context.environment());
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
        return StateFolder.locate(context.environment())
                .flatMap(stateFolder -> DaemonConfig.load(request.config(), configPlace(), context.syntax())
                        .map(DaemonConfig::withoutRelays)
                        .flatMap(wanted -> new RenewalPass(
                                        context,
                                        history(stateFolder),
                                        new RunLog(new FileLineStore(stateFolder, RunLog.FILE)))
                                .run(disk(stateFolder), wanted, request, waiting)));
    }

    private FileStateStore disk(Path stateFolder) {
        return new FileStateStore(
                stateFolder, context.protocols(), new SystemBootClock(context.timeline()), context.warnings());
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return switch (StateFolder.locate(context.environment())) {
            case Result.Err<Path>(Failure failure) -> {
                warned.accept(failure);
                yield launch(new MemoryStateStore(), told, warned).run(plan);
            }
            case Result.Ok<Path>(Path stateFolder) ->
                launch(disk(stateFolder), told.andThen(history(stateFolder)), warned)
                        .run(plan);
        };
    }

    private Launch launch(StateStore disk, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        Processes.Identity self = context.processes().self();
        Owner.Launch owner = new Owner.Launch(self.pid(), self.started());
        return new Launch(
                disk,
                context.timeline(),
                owner,
                (store, events) -> context.keepers().keeper(store, context.only(owner), events),
                told,
                warned);
    }

    @Override
    public Result<WatchReport> watch() {
        return StateFolder.locate(context.environment())
                .flatMap(stateFolder -> disk(stateFolder).load())
                .map(snapshot -> new WatchReport(
                        Optional.empty(),
                        WatchRows.of(snapshot, context.timeline().instant(), context::isRunning),
                        List.of(),
                        relays(),
                        List.of()));
    }

    @Override
    public Result<List<LoggedEvent>> events(Duration back) {
        return StateFolder.locate(context.environment())
                .flatMap(stateFolder ->
                        history(stateFolder).since(context.timeline().instant().minus(back)));
    }

    /** A problem with it is not reported: the events are reported anyway. */
    private EventLog history(Path stateFolder) {
        return EventLog.in(stateFolder, context.timeline(), failure -> {});
    }

    @Override
    public boolean agrees(String question) {
        return context.confirmation().test(question);
    }

    @Override
    public Optional<Message> keeper() {
        return Optional.empty();
    }

    @Override
    public boolean pause(Duration time) {
        context.pause().pause(time);
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest request, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log) {
        RelayProcessController controller = new RelayProcessController(
                context.environment(),
                stateFolder(),
                RelayReport.RunBy.COMMAND,
                log,
                request.mappings().isEmpty() ? alone : RelayStart.AS_PROCESS);
        Optional<Failure> problem = controller.begin(request.rules());
        if (problem.isPresent()) {
            return problem;
        }
        ready.run();
        RelayProgram program = new RelayProgram(controller, request.stay(), context.pause());
        if (request.mappings().isEmpty()) {
            return runAlone(program);
        }
        return switch (run(
                new Launch.LaunchPlan(program, request.mappings(), List.of(request.selection()), false, false),
                told,
                failure -> log.accept(Message.of("relaying.no-port", "why", failure.detail())))) {
            case Launch.LaunchOutcome.Ended ignored -> Optional.empty();
            case Launch.LaunchOutcome.NotRun(Failure failure) -> Optional.of(failure);
            case Launch.LaunchOutcome.NoProgram(int exitCode, Message detail) ->
                Optional.of(new Failure.BadState(detail));
        };
    }

    /** Runs the relay without ports on a router. */
    private static Optional<Failure> runAlone(RelayProgram program) {
        try {
            program.start().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public List<RelayReport> relays() {
        return RelayProcessController.reports(context.environment(), stateFolder());
    }

    @Override
    public StopReport stopRelays(ServiceRequest.StopRelays request) {
        return RelayStops.of(context, this::relays, RelayStops.byAsking(context))
                .stop(request);
    }

    private Optional<Path> stateFolder() {
        return StateFolder.locate(context.environment()).toOptional();
    }
}
