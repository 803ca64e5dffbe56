package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.app.Wiring;
import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.container.Container;
import dev.ajar.container.ContainerSettings;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.PublishedState;
import dev.ajar.history.EventLog;
import dev.ajar.json.JsonObject;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A daemon on its own thread, with a router on loopback, scripted announcements and no relay process. */
final class DaemonRig implements AutoCloseable {
    private static final HttpController NO_HTTP = new HttpController() {
        @Override
        public void want(DaemonConfig config, ControlHandler clients) {
            // Nothing listens.
        }

        @Override
        public void stop() {
            // Nothing listens.
        }
    };

    /** The first word of a command that throws an exception. */
    static final String BROKEN = "broken";

    /** The first word of a command that takes until {@link #released}. */
    static final String SLOW = "slow";

    /** A variable of the daemon's own environment. */
    static final String SECRET = "AJAR_TEST_SECRET";

    private static final long LONG_SECONDS = 60;

    final AtomicReference<Result<DaemonConfig>> configuration;
    final AnnouncingPorts ports = new AnnouncingPorts();
    final FakeRelays relays = new FakeRelays();
    final FakeContainers containers = new FakeContainers();
    final List<String> log = new CopyOnWriteArrayList<>();
    final AtomicBoolean halted = new AtomicBoolean();

    /** How much later than real time the daemon lives. */
    final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    final CountDownLatch released = new CountDownLatch(1);
    final EventLog history;
    final Daemon daemon;

    /** When the last command began, by {@link System#nanoTime}. */
    volatile long commandBegunAt;

    /** What had been logged when it began. */
    volatile List<String> logAtCommand = List.of();

    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
    private boolean runs;

    private final KeeperStatus status = new KeeperStatus();

    DaemonRig(EmbeddedRouter router, Path home, DaemonConfig first) {
        this(router, home, first, "unix");
    }

    /** @param kind of socket: {@code unix} or {@code tcp} */
    DaemonRig(EmbeddedRouter router, Path home, DaemonConfig first, String kind) {
        this(router, home, first, kind, UnaryOperator.identity());
    }

    /** @param protocols adds to those of the embedded router */
    DaemonRig(EmbeddedRouter router, Path home, DaemonConfig first, String kind, UnaryOperator<Wiring> protocols) {
        configuration = new AtomicReference<>(Result.ok(first));
        Timeline timeline = new LaterTimeline(later);
        Wiring wiring = protocols.apply(EmbeddedWiring.of(router, timeline));
        history =
                EventLog.in(home, timeline, failure -> log.add(failure.detail().toString()));
        daemon = new Daemon(new Daemon.Parts(
                home,
                Map.of(
                        "HOME",
                        home.toString(),
                        "PATH",
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                        "AJAR_CONTROL",
                        kind,
                        SECRET,
                        "secret"),
                new WithContainers(wiring.network()),
                ports,
                timeline,
                new FileStateStore(home, wiring.protocols(), log::add),
                configuration::get,
                (store, events) -> status.of(wiring.keeper(store, OwnerScope.ofAllOwners(launch -> false), events)),
                (controlRequest, store, person) -> execute(router, controlRequest, store),
                status,
                new NoRequests(),
                relays,
                containers,
                NO_HTTP,
                line -> log.add(line.toString()),
                history,
                () -> halted.set(true)));
    }

    private record LaterTimeline(AtomicReference<Duration> later, Timeline system) implements Timeline {
        LaterTimeline(AtomicReference<Duration> later) {
            this(later, new SystemTimeline());
        }

        @Override
        public Instant instant() {
            return system.instant().plus(later.get());
        }

        @Override
        public Duration elapsed() {
            return system.elapsed().plus(later.get());
        }

        @Override
        public Duration uptime() {
            return system.uptime().plus(later.get());
        }
    }

    private ControlRequest.Response execute(EmbeddedRouter router, ControlRequest controlRequest, StateStore store) {
        commandBegunAt = System.nanoTime();
        logAtCommand = List.copyOf(log);
        if (controlRequest.arguments().getFirst().equals(SLOW)) {
            await().atMost(Duration.ofSeconds(LONG_SECONDS)).until(() -> released.getCount() == 0);
            return new ControlRequest.Response(0, "", "");
        }
        if (controlRequest.arguments().getFirst().equals(BROKEN)) {
            throw new IllegalStateException("planted");
        }
        CliHarness.Outcome outcome =
                new CliHarness(router, store).run(controlRequest.arguments().toArray(String[]::new));
        return new ControlRequest.Response(outcome.exitCode(), outcome.out(), outcome.err());
    }

    /**
     * @param relayed those of {@code ports} that have a relay
     * @param ports TCP ports to keep open
     */
    static DaemonConfig configuration(List<Integer> relayed, int... ports) {
        List<KeptConfiguration.SourceLine> lines = Arrays.stream(ports)
                .mapToObj(port -> new KeptConfiguration.SourceLine(
                        "port " + port, Samples.tcp(port), GatewaySelector.AUTO, List.of()))
                .toList();
        return new DaemonConfig(
                new KeptConfiguration("ajar.toml", lines, List.of()),
                relayed.stream().map(DaemonRig::relay).toList());
    }

    private static RelayRule relay(int port) {
        return new RelayRule(
                TransportProtocol.TCP,
                new Port(port),
                new Port(port),
                new Endpoint(Samples.NEIGHBOUR, new Port(554)),
                List.of(),
                RelayLimits.standard(Duration.ofMinutes(1)),
                Optional.empty());
    }

    void start() {
        runs = true;
        Thread.ofPlatform().daemon().name("daemon").start(() -> {
            try {
                end.complete(daemon.run());
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        await().atMost(Duration.ofSeconds(LONG_SECONDS))
                .until(() -> end.isDone() || log.stream().anyMatch(line -> line.startsWith("keeping ")));
        assertThat(end).as("it runs").isNotDone();
    }

    void stop(boolean leaveLeases) {
        runs = false;
        daemon.stop(ShutdownPolicy.of(leaveLeases));
        assertThat(end).succeedsWithin(LONG_SECONDS, TimeUnit.SECONDS).isEqualTo(Optional.empty());
    }

    @Override
    public void close() {
        if (runs) {
            stop(false);
        }
    }

    /** The keeper's mappings as one line of text. */
    private static final class KeeperStatus implements StatusSource {
        private final PublishedState<String> published = new PublishedState<>(document("nothing yet"));
        private Optional<Keeper> keeper = Optional.empty();

        private static String document(String mappings) {
            return "{\"schema\":1,\"mappings\":\"" + mappings + "\"}";
        }

        Keeper of(Keeper made) {
            keeper = Optional.of(made);
            return made;
        }

        @Override
        public void publish() {
            String now = keeper.stream()
                    .flatMap(there -> there.tracked().stream())
                    .map(one -> one.desired().mapping().label() + " "
                            + one.state().getClass().getSimpleName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            published.publish(document(now), now);
        }

        @Override
        public String document() {
            return published.state();
        }

        @Override
        public void follow(Predicate<String> client) throws InterruptedException {
            published.follow(client);
        }
    }

    /** {@code DaemonRequestsTest} shows what the daemon answers. */
    private static final class NoRequests implements PortRequests {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public String answer(String name, JsonObject request, CommandThreads threads) {
            return "{}";
        }
    }

    /** The test says what an engine tells. */
    static final class FakeContainers implements ContainerController {
        static final String ENGINE = "unix:///run/engine.sock";

        private volatile Optional<Listener> handler = Optional.empty();

        @Override
        public Set<String> watch(Optional<ContainerSettings> settings, Listener listener) {
            handler = settings.map(some -> listener);
            return settings.isPresent() ? Set.of(ENGINE) : Set.of();
        }

        void tell(Container... containers) {
            handler.orElseThrow().containers(ENGINE, List.of(containers));
        }

        @Override
        public void stop() {
            handler = Optional.empty();
        }
    }

    /** A machine with a network of containers, 192.168.77.0/24. */
    private record WithContainers(NetworkView network) implements NetworkView {
        @Override
        public List<LocalRoute> routes() {
            return network.routes();
        }

        @Override
        public List<LocalRoute> innerRoutes() {
            return List.of(new LocalRoute("docker0", Samples.ip("192.168.77.1"), 24, Optional.empty()));
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return network.towards(destination);
        }
    }

    /** Records the rules it gets; the test says which of them listen. */
    static final class FakeRelays implements RelayController {
        final AtomicBoolean stopped = new AtomicBoolean();

        /** How often those that a user has stopped were to be relayed again. */
        final AtomicInteger resumed = new AtomicInteger();

        volatile List<RelayRule> wanted = List.of();
        private volatile Consumer<Set<RuleKey>> handler = rules -> {};

        @Override
        public void want(List<RelayRule> rules, Consumer<Set<RuleKey>> relayed) {
            wanted = rules;
            handler = relayed;
        }

        void report(Set<RuleKey> rules) {
            handler.accept(rules);
        }

        @Override
        public void resume() {
            resumed.incrementAndGet();
        }

        @Override
        public void stop() {
            stopped.set(true);
        }
    }
}
