package dev.ajar.relay.controller;

import dev.ajar.cli.render.RelayReport;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.daemon.RelayController;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.launch.Program;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.worker.WorkerProcess;
import dev.ajar.system.Signals;
import dev.ajar.system.SystemPause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A relay in a process of its own, from the side that started it. */
public final class RelayProcessController implements RelayController {
    private static final Duration STARTING = Duration.ofSeconds(20);
    private static final int FREE_PORTS = 10_000;
    private static final int FIRST_PORT_FOR_ALL = 1024;
    private static final ControlRequest HOW_GOES_IT = new ControlRequest(List.of("status"), Map.of(), false, true);

    private final WorkerProcess worker;
    private final boolean foreground;
    private final CompletableFuture<List<RuleStatus>> first = new CompletableFuture<>();
    private final AtomicReference<Consumer<Set<String>>> listener = new AtomicReference<>(names -> {});
    private final AtomicReference<Set<String>> troubles = new AtomicReference<>(Set.of());

    /**
     * @param foreground whether somebody waits for {@link #begin} to tell what is wrong at first
     * @param log a line for people
     */
    public RelayProcessController(
            Map<String, String> environment, Optional<Path> stateFolder, boolean foreground, Consumer<String> log) {
        this.foreground = foreground;
        Path controlSocket = controlSocket(environment, stateFolder);
        this.worker =
                new WorkerProcess(() -> RelayJvm.start(controlSocket, environment), statuses -> told(statuses, log), log);
    }

    private static Path controlSocket(Map<String, String> environment, Optional<Path> stateFolder) {
        Path folder = stateFolder.orElse(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        Path place = SocketLocation.forRelay(
                environment, folder, ProcessHandle.current().pid());
        try {
            Files.createDirectories(place.toAbsolutePath().getParent());
        } catch (IOException e) {
            // The relay goes on without being asked how it goes.
            return place;
        }
        return place;
    }

    /** Each trouble once, until it has changed. */
    private void told(List<RuleStatus> statuses, Consumer<String> log) {
        Set<String> now = new LinkedHashSet<>();
        for (RuleStatus status : statuses) {
            status.trouble().ifPresent(why -> now.add("not carried  " + status.rule() + ": " + why.detail()));
        }
        listener.get()
                .accept(statuses.stream()
                        .filter(status -> status.trouble().isEmpty())
                        .map(RuleStatus::rule)
                        .collect(Collectors.toUnmodifiableSet()));
        Set<String> before = troubles.getAndSet(now);
        boolean beginning = first.complete(statuses) && foreground;
        if (!beginning) {
            now.stream().filter(line -> !before.contains(line)).forEach(log);
        }
    }

    @Override
    public void want(List<RelayRule> rules, Consumer<Set<String>> carried) {
        listener.set(carried);
        worker.want(rules);
    }

    /** @return why not every rule is at work */
    public Optional<Failure> begin(List<RelayRule> rules) {
        worker.want(rules);
        try {
            Optional<Failure> trouble = first.get(STARTING.toSeconds(), TimeUnit.SECONDS).stream()
                    .flatMap(status -> failure(status).stream())
                    .findFirst();
            if (trouble.isPresent()) {
                stop();
            }
            return trouble;
        } catch (ExecutionException | TimeoutException e) {
            stop();
            return Optional.of(new Failure.Busy(Message.verbatim("the relay has not started yet")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            return Optional.of(new Failure.Busy(Message.verbatim("interrupted")));
        }
    }

    private static Optional<Failure> failure(RuleStatus status) {
        return status.trouble().map(trouble -> switch (trouble.kind()) {
            case TAKEN, FORBIDDEN -> new Failure.LocalPort(Message.verbatim(trouble.detail()), Message.verbatim(daemonClient(status)));
            case DEVICE ->
                new Failure.Unsafe(
                        Message.verbatim(trouble.detail()), Message.verbatim("Name a device of your own network; your router's page lists them."));
            case OTHER ->
                new Failure.LocalPort(
                        Message.verbatim(trouble.detail()), Message.verbatim("Relay fewer ports at once, or allow more open files: ulimit -n"));
        });
    }

    /** The same rule on another port here: what is outside need not change. */
    private static String daemonClient(RuleStatus status) {
        String[] rule = status.rule().split(" ");
        int external = Integer.parseInt(rule[1]);
        int other = external < FREE_PORTS ? external + FREE_PORTS : external - FREE_PORTS;
        return "Listen on another port here, and keep the one outside: ajar relay "
                + external
                + "@"
                + (other < FIRST_PORT_FOR_ALL ? external + 1 : other)
                + ":"
                + status.device()
                + (rule[0].equals("udp") ? "/udp" : "");
    }

    @Override
    public void stop() {
        worker.stop();
    }

    /** Until it is told to end, without asking a router for anything. */
    public Optional<Failure> alone(Optional<Duration> stay) {
        try {
            program(stay).start().await();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Failure.BadState(Message.verbatim("the relay does not start")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** @param stay how long; empty until it is told to end */
    public Program program(Optional<Duration> stay) {
        return new Program() {
            @Override
            public String name() {
                return "the relay";
            }

            @Override
            public Running start() {
                AtomicBoolean asked = new AtomicBoolean();
                for (String signal : List.of("INT", "TERM", "HUP")) {
                    Signals.hear(signal, name -> {
                        if (asked.getAndSet(true)) {
                            worker.stopAtOnce();
                        } else {
                            stop();
                        }
                    });
                }
                stay.ifPresent(
                        time -> Thread.ofPlatform().daemon().name("relay-end").start(() -> {
                            new SystemPause().pause(time);
                            stop();
                        }));
                return new RunningRelay(worker);
            }
        };
    }

    private static final class RunningRelay implements Program.Running {
        private final WorkerProcess worker;

        RunningRelay(WorkerProcess worker) {
            this.worker = worker;
        }

        @Override
        public boolean isRunning() {
            return !worker.hasEnded();
        }

        @Override
        public void whenEnded(Runnable action) {
            Thread.ofPlatform().daemon().name("relay-ended").start(() -> {
                try {
                    worker.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                action.run();
            });
        }

        @Override
        public int await() throws InterruptedException {
            worker.await();
            return 0;
        }
    }

    /** Asks every relay that can be found. */
    public static List<RelayReport> reports(Map<String, String> environment, Optional<Path> stateFolder) {
        return stateFolder.map(folder -> SocketLocation.relays(environment, folder)).stream()
                .flatMap(List::stream)
                .flatMap(place -> report(place).stream())
                .toList();
    }

    private static Optional<RelayReport> report(Path place) {
        String digits = place.getFileName().toString().replaceAll("\\D", "");
        return ControlClient.ask(place, HOW_GOES_IT).flatMap(done -> {
            try {
                return Optional.of(new RelayReport(
                        Long.parseLong(digits),
                        RuleJson.statuses(JsonReader.read(done.out().getBytes(StandardCharsets.UTF_8)))));
            } catch (JsonException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }
}
