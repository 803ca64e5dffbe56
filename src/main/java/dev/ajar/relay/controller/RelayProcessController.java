package dev.ajar.relay.controller;

import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.worker.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts a relay process and hands it rules; the relay process is started again should it end by itself. */
public final class RelayProcessController {
    private static final Duration STARTING = Duration.ofSeconds(20);

    /** A relay that runs tells its status at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int FREE_PORTS = 10_000;
    private static final int FIRST_PORT_FOR_ALL = 1024;
    private static final ControlRequest STATUS = new ControlRequest(List.of("status"), Map.of(), false, true);

    private final WorkerProcess worker;
    private final boolean foreground;
    private final Consumer<Message> log;
    private final CompletableFuture<List<RuleStatus>> first = new CompletableFuture<>();
    private final AtomicReference<Consumer<Set<RuleKey>>> listener = new AtomicReference<>(rules -> {});
    private final AtomicReference<Set<Message>> logged = new AtomicReference<>(Set.of());

    /**
     * @param foreground whether {@link #begin} reports the first problems, so that the log need not
     * @param log receives a line for people
     */
    public RelayProcessController(
            Map<String, String> environment, Optional<Path> stateFolder, boolean foreground, Consumer<Message> log) {
        this(environment, stateFolder, foreground, log, RelayStart.AS_PROCESS);
    }

    /** @param start see the other constructor for the rest */
    public RelayProcessController(
            Map<String, String> environment,
            Optional<Path> stateFolder,
            boolean foreground,
            Consumer<Message> log,
            RelayStart start) {
        this.foreground = foreground;
        this.log = log;
        Path socket = statusSocket(environment, stateFolder);
        this.worker = new WorkerProcess(() -> start.start(socket, environment), this::onStatus, log);
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
        listener.get()
                .accept(statuses.stream()
                        .filter(status -> status.trouble().isEmpty())
                        .map(RuleStatus::rule)
                        .collect(Collectors.toUnmodifiableSet()));
        Set<Message> before = logged.getAndSet(problems);
        boolean reportedByBegin = first.complete(statuses) && foreground;
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
        String digits = socket.getFileName().toString().replaceAll("\\D", "");
        return ControlClient.ask(socket, STATUS, patience).flatMap(answer -> {
            try {
                return Optional.of(new RelayReport(
                        Long.parseLong(digits),
                        RuleJson.statuses(JsonReader.read(answer.out().getBytes(StandardCharsets.UTF_8)))));
            } catch (JsonException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }
}
