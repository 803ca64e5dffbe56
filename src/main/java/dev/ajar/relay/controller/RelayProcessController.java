package dev.ajar.relay.controller;

import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayOrders;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.relay.worker.WorkerLines;
import dev.ajar.relay.worker.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a relay process and hands it rules; the relay process is started again should it end by itself. */
public final class RelayProcessController {
    private static final Duration STARTING = Duration.ofSeconds(20);

    /** A relay that runs tells its status at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int FREE_PORTS = 10_000;
    private static final int FIRST_PORT_FOR_ALL = 1024;

    /** What the socket of a relay is asked. */
    private static final ControlRequest STATUS = request(List.of("status"));

    private final WorkerProcess worker;
    private final RelayReport.RunBy runBy;
    private final Consumer<Message> log;
    private final CompletableFuture<List<RuleStatus>> first = new CompletableFuture<>();
    private final AtomicReference<Consumer<Set<RuleKey>>> listener = new AtomicReference<>(rules -> {});
    private final AtomicReference<Set<Message>> logged = new AtomicReference<>(Set.of());
    private final AtomicReference<Consumer<Set<RuleKey>>> stopped = new AtomicReference<>(rules -> {});

    private final Set<RuleKey> everStopped = ConcurrentHashMap.newKeySet();

    /** Those who wait until the relay process tells that it has stopped rules. */
    private final Set<Stopping> stopping = ConcurrentHashMap.newKeySet();

    private static final class Stopping {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Set<RuleKey> rules;

        Stopping(Set<RuleKey> rules) {
            this.rules = rules;
        }
    }

    /**
     * @param runBy a command's {@link #begin} reports the first problems, so that its log need not
     * @param log receives a line for people
     */
    public RelayProcessController(
            Map<String, String> environment,
            Optional<Path> stateFolder,
            RelayReport.RunBy runBy,
            Consumer<Message> log) {
        this(environment, stateFolder, runBy, log, RelayStart.AS_PROCESS);
    }

    /** @param start see the other constructor for the rest */
    public RelayProcessController(
            Map<String, String> environment,
            Optional<Path> stateFolder,
            RelayReport.RunBy runBy,
            Consumer<Message> log,
            RelayStart start) {
        this.runBy = runBy;
        this.log = log;
        Path socket = statusSocket(environment, stateFolder);
        this.worker = new WorkerProcess(runBy, () -> start.start(socket, environment), this::onStatus, log, rules -> {
            var unused = stopRules(Set.copyOf(rules));
        });
    }

    private static Path statusSocket(Map<String, String> environment, Optional<Path> stateFolder) {
        Path folder = stateFolder.orElse(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        Path socket = SocketLocation.forRelay(
                environment, folder, ProcessHandle.current().pid());
        try {
            SocketLocation.createFolder(socket);
        } catch (IOException e) {
            // The relay works without the socket; only its status cannot be asked for.
            return socket;
        }
        return socket;
    }

    /** Logs each problem once, until it changes. */
    private void onStatus(List<RuleStatus> statuses) {
        Set<Message> problems = new LinkedHashSet<>();
        for (RuleStatus status : statuses) {
            status.trouble()
                    .ifPresent(problem -> problems.add(
                            Message.of("relaying.not-relayed", "rule", status.rule(), "why", problem.detail())));
        }
        Set<RuleKey> relayed = statuses.stream()
                .filter(RuleStatus::isRelayed)
                .map(RuleStatus::rule)
                .collect(Collectors.toUnmodifiableSet());
        listener.get().accept(relayed);
        stopping.stream()
                .filter(waiting -> Collections.disjoint(waiting.rules, relayed))
                .forEach(waiting -> waiting.done.complete(null));
        Set<Message> before = logged.getAndSet(problems);
        boolean reportedByBegin = first.complete(statuses) && runBy == RelayReport.RunBy.COMMAND;
        if (!reportedByBegin) {
            problems.stream().filter(problem -> !before.contains(problem)).forEach(log);
        }
    }

    /**
     * Relays these rules from now on.
     *
     * @param relayed receives, on any thread, the rules that listen, whenever that has changed; not while the
     *     relay process is started again
     */
    public void want(List<RelayRule> rules, Consumer<Set<RuleKey>> relayed) {
        listener.set(relayed);
        worker.want(rules);
    }

    /**
     * Relays these rules, and waits until the relay process has tried them all.
     *
     * @return why not every rule listens
     */
    public Optional<Failure> begin(List<RelayRule> rules) {
        worker.want(rules);
        Optional<Failure> failure = firstFailure(rules);
        if (failure.isPresent()) {
            stop();
        }
        return failure;
    }

    private Optional<Failure> firstFailure(List<RelayRule> rules) {
        try {
            List<RuleStatus> statuses = first.get(STARTING.toSeconds(), TimeUnit.SECONDS);
            return statuses.stream()
                    .flatMap(status -> status.trouble().map(problem -> failure(status, problem, rules)).stream())
                    .findFirst();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(new Failure.Busy(Message.of("relaying.not-started")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Failure.Busy(Message.of("relaying.interrupted")));
        }
    }

    private static Failure failure(RuleStatus status, RuleProblem problem, List<RelayRule> rules) {
        Message detail = problem.detail();
        return switch (problem.kind()) {
            case TAKEN, FORBIDDEN ->
                new Failure.LocalPort(
                        detail,
                        rules.stream()
                                .filter(rule -> rule.key().equals(status.rule()))
                                .findFirst()
                                .map(RelayProcessController::listenElsewhere)
                                .orElse(Message.of("relaying.name-another-port")));
            // A command's rules are gone when they are stopped.
            case STOPPED -> new Failure.Busy(detail);
            case DEVICE -> new Failure.Unsafe(detail, Message.of("relaying.name-a-device"));
            case OTHER -> new Failure.LocalPort(detail, Message.of("relaying.fewer-ports"));
        };
    }

    /** The command for the same rule with another port on this machine: the external port stays. */
    private static Message listenElsewhere(RelayRule rule) {
        int external = rule.external().number();
        int other = external < FREE_PORTS ? external + FREE_PORTS : external - FREE_PORTS;
        int listen = other < FIRST_PORT_FOR_ALL ? external + 1 : other;
        String suffix = rule.protocol() == TransportProtocol.UDP ? "/udp" : "";
        return Message.of("relaying.listen-elsewhere", "rule", external + "@" + listen + ":" + rule.device() + suffix);
    }

    /**
     * Stops rules, and ends their connections. A command that relays no other ends; a daemon relays them again after
     * {@link #resume}. For any thread.
     *
     * @return done once the listeners know what the relay process has stopped, or after a while
     */
    public CompletableFuture<Void> stopRules(Set<RuleKey> rules) {
        Stopping waiting = new Stopping(rules);
        stopping.add(waiting);
        RelayOrders left = worker.change(orders -> orders.stopping(rules));
        everStopped.addAll(rules);
        stopped.get().accept(rules);
        if (runBy == RelayReport.RunBy.COMMAND && left.rules().isEmpty()) {
            stop();
        }
        return waiting.done
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, never) -> stopping.remove(waiting));
    }

    /** @param listener receives, on any thread, the rules that a user has stopped */
    public void whenStopped(Consumer<Set<RuleKey>> listener) {
        stopped.set(listener);
        listener.accept(Set.copyOf(everStopped));
    }

    /** Relays what was stopped again. */
    public void resume() {
        worker.change(RelayOrders::resuming);
    }

    /** No new connections; the relay process ends once its connections have, and this method does not wait for that. */
    public void stop() {
        worker.stop();
    }

    /** Cuts off the connections too. */
    public void stopAtOnce() {
        worker.stopAtOnce();
    }

    /** Whether the relay process has ended for good. */
    public boolean hasEnded() {
        return worker.hasEnded();
    }

    /** Waits until the relay process has ended for good. */
    public void await() throws InterruptedException {
        worker.await();
    }

    /** The status of every relay that belongs to this state folder. One that hangs is left out. */
    public static List<RelayReport> reports(Map<String, String> environment, Optional<Path> stateFolder) {
        return reports(environment, stateFolder, PATIENCE);
    }

    static List<RelayReport> reports(Map<String, String> environment, Optional<Path> stateFolder, Duration patience) {
        return stateFolder.map(folder -> SocketLocation.relays(environment, folder)).stream()
                .flatMap(List::stream)
                .flatMap(socket -> report(socket, patience).stream())
                .toList();
    }

    private static Optional<RelayReport> report(Path socket, Duration patience) {
        return ControlClient.ask(socket, STATUS, patience).flatMap(answer -> {
            try {
                JsonObject json = JsonReader.read(answer.out().getBytes(StandardCharsets.UTF_8));
                return Optional.of(
                        new RelayReport(Long.parseLong(digits(socket)), RuleJson.runBy(json), RuleJson.statuses(json)));
            } catch (JsonException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    private static String digits(Path socket) {
        return socket.getFileName().toString().replaceAll("\\D", "");
    }

    private static ControlRequest request(List<String> words) {
        return new ControlRequest(words, Map.of(), false, true);
    }

    /** What a relay says to the wish that it stops rules. */
    public enum StopAnswer {
        /** It stops them, or has ended. */
        STOPS,
        /** It is of an older version, which does not know the wish. */
        OLDER,
        SILENT
    }

    /**
     * Asks the process that runs a relay to stop rules. It has not done so yet when this returns.
     *
     * @param report of that relay
     */
    public static StopAnswer askToStop(
            Map<String, String> environment, Optional<Path> stateFolder, RelayReport report, Set<RuleKey> rules) {
        List<String> words = Stream.concat(
                        Stream.of(RelayWorker.STOP), rules.stream().map(RuleKey::toString))
                .toList();
        return stateFolder.map(folder -> SocketLocation.relays(environment, folder)).stream()
                .flatMap(List::stream)
                .filter(socket -> digits(socket).equals(Long.toString(report.pid())))
                .flatMap(socket -> ControlClient.ask(socket, request(words), PATIENCE).stream())
                .map(RelayProcessController::stopAnswer)
                .findFirst()
                .orElse(StopAnswer.STOPS);
    }

    private static StopAnswer stopAnswer(ControlRequest.Response response) {
        try {
            return JsonReader.read(response.out().getBytes(StandardCharsets.UTF_8))
                            .has(WorkerLines.STOPS)
                    ? StopAnswer.STOPS
                    : StopAnswer.OLDER;
        } catch (JsonException e) {
            return StopAnswer.SILENT;
        }
    }
}
