package dev.ajar.daemon;

import dev.ajar.config.DaemonConfig;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.control.SocketLocation;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thread that owns the keeper, with an inbox that other threads put tasks into. */
public final class Daemon {
    /** How often the daemon checks whether the network has changed or the machine slept. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Duration STOPPING = Duration.ofSeconds(4);
    private static final Duration LAST_RESORT = Duration.ofMillis(4700);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration AFTER_A_BUG = Duration.ofSeconds(10);
    private static final Duration BETWEEN_HINTS = Duration.ofMillis(50);

    /** The longest a command may take, and a little. */
    private static final Duration COMMAND = Duration.ofMinutes(11);

    /**
     * The parts of a daemon.
     *
     * @param stateFolder the folder of the state file
     * @param environment of the process
     * @param orders reads the configuration anew; a failure where it has problems
     * @param worker runs a command on the given state store
     * @param halt ends the process at once
     */
    public record Parts(
            Path stateFolder,
            Map<String, String> environment,
            NetworkView network,
            DatagramPorts ports,
            Timeline timeline,
            StateStore disk,
            Supplier<Result<DaemonConfig>> orders,
            BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keeper,
            BiFunction<ControlRequest, StateStore, ControlRequest.Response> worker,
            RelayController carrier,
            Consumer<String> log,
            Runnable halt) {}

    private final Parts parts;
    private final ChangeHook hook;
    private final SystemdNotifier manager;
    private final KeeperStore store;
    private final Keeper keeper;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private DaemonConfig orders = DaemonConfig.NONE;
    private Set<String> relayed = Set.of();
    private Optional<DaemonConfig> pending = Optional.empty();
    private Optional<Boolean> stopKeeping = Optional.empty();
    private Optional<FileTime> stateFolderOf = Optional.empty();
    private final AtomicBoolean hinted = new AtomicBoolean();

    public Daemon(Parts parts) {
        this.parts = parts;
        this.hook = new ChangeHook(parts.environment(), parts.log());
        this.manager = new SystemdNotifier(parts.environment());
        this.store = new KeeperStore(parts.disk(), this::told);
        this.keeper = parts.keeper().apply(store, this::told);
    }

    /** Ends the daemon: orderly, and in any case soon. For any thread. */
    public void stop(boolean leaveLeases) {
        inbox.add(() -> stopKeeping = Optional.of(leaveLeases));
        Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            // A router that does not answer must not delay the end. Ports still open stand in the state file, and the
            // next process to read it closes them.
            LockSupport.parkNanos(LAST_RESORT.toNanos());
            log(Message.of("daemon.stopped-without-router"));
            parts.halt().run();
        });
    }

    /** Reads the configuration again. For any thread. */
    public void reload() {
        inbox.add(() -> {
            switch (parts.orders().get()) {
                case Result.Ok<DaemonConfig>(DaemonConfig fresh) -> pending = Optional.of(fresh);
                case Result.Err<DaemonConfig>(Failure failure) ->
                    log(Message.of("daemon.configuration-kept", "why", failure.detail()));
            }
        });
    }

    /** @return why it could not begin; empty after an orderly end */
    public Optional<Failure> run() {
        return switch (parts.orders().get()) {
            case Result.Err<DaemonConfig>(Failure failure) -> Optional.of(failure);
            case Result.Ok<DaemonConfig>(DaemonConfig first) -> run(first);
        };
    }

    private Optional<Failure> run(DaemonConfig first) {
        pending = Optional.of(first);
        Optional<Failure> unreadable = applyPending();
        if (unreadable.filter(failure -> !(failure instanceof Failure.Busy)).isPresent()) {
            return unreadable;
        }
        Path place = SocketLocation.forDaemon(parts.environment(), parts.stateFolder());
        try {
            Files.createDirectories(place.toAbsolutePath().getParent());
            ControlServer control = ControlServer.start(place, this::serve);
            AnnouncementListener announcements =
                    AnnouncementListener.hear(parts.ports(), parts.network(), this::announced);
            try (control;
                    announcements) {
                announce(place);
                manager.ready();
                log(Message.of(
                        "daemon.keeping", "count", first.mappings().lines().size()));
                loop();
                manager.stopping();
            }
            parts.carrier().stop();
            SocketLocation.withdraw(parts.stateFolder());
            keeper.stop(stopKeeping.orElse(false), STOPPING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Failure.BadState(
                    Message.of("daemon.no-socket", "place", place, "why", String.valueOf(e.getMessage()))));
        }
    }

    /** Without this file, commands still look for the socket beside the state file. */
    private void announce(Path place) {
        try {
            SocketLocation.announce(parts.stateFolder(), place);
        } catch (IOException e) {
            log(Message.of("daemon.socket-not-written", "why", String.valueOf(e.getMessage())));
        }
    }

    /** Of many announcements in a row, one waits in the inbox. */
    private void announced(InetAddress gateway) {
        if (hinted.compareAndSet(false, true)) {
            inbox.add(() -> {
                hinted.set(false);
                keeper.onAnnouncement(gateway);
            });
        }
        LockSupport.parkNanos(BETWEEN_HINTS.toNanos());
    }

    /** The port of a relay stays open on the router while the relay listens here. */
    private void relayed(Set<String> names) {
        inbox.add(() -> {
            if (!names.equals(relayed)) {
                relayed = names;
                pending = pending.or(() -> Optional.of(orders));
            }
        });
    }

    /** @return why it is still pending */
    private Optional<Failure> applyPending() {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        DaemonConfig fresh = pending.get();
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> Optional.of(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield switch (store.load()) {
                        case Result.Err<Snapshot>(Failure failure) -> Optional.of(failure);
                        case Result.Ok<Snapshot>(Snapshot snapshot) -> {
                            // A daemon has one configuration: mappings of any other file end.
                            store.save(fresh.mappings(relayed)
                                    .appliedTo(snapshot, parts.timeline().instant(), file -> false));
                            orders = fresh;
                            parts.carrier().want(fresh.relays(), this::relayed);
                            pending = Optional.empty();
                            yield Optional.empty();
                        }
                    };
                }
            }
        };
    }

    private void loop() {
        Duration next = parts.timeline().elapsed();
        while (stopKeeping.isEmpty()) {
            next = turn(next);
            Duration wait = next.minus(parts.timeline().elapsed());
            if (await(wait.compareTo(TICK) < 0 ? wait : TICK)) {
                next = parts.timeline().elapsed();
            }
        }
    }

    private Duration turn(Duration next) {
        Duration now = parts.timeline().elapsed();
        try {
            boolean reloaded = pending.isPresent();
            boolean asked = !pending.equals(Optional.of(orders));
            boolean waits = applyPending().isPresent();
            if (reloaded && asked && !waits) {
                log(Message.of("daemon.configuration-read"));
            }
            boolean due = next.compareTo(now) <= 0 || reloaded || keeper.checkNetwork() || isStateNew();
            Duration then = due ? keeper.pass() : next;
            return waits ? now.plus(SOON) : then;
        } catch (RuntimeException e) {
            // A bug in one step must not end the renewal of all other mappings.
            log(Message.of("daemon.bug", "error", new RouterText(e.toString()).display()));
            return now.plus(AFTER_A_BUG);
        }
    }

    /** Whether another process has written the state file. */
    private boolean isStateNew() {
        try {
            FileTime now = Files.getLastModifiedTime(parts.stateFolder().resolve("state.json"));
            boolean changed = !stateFolderOf.equals(Optional.of(now));
            stateFolderOf = Optional.of(now);
            return changed;
        } catch (IOException e) {
            return false;
        }
    }

    /** Does what is in the inbox; returns whether there was anything. */
    private boolean await(Duration longest) {
        try {
            Runnable task =
                    longest.isNegative() ? inbox.poll() : inbox.poll(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
            boolean any = task != null;
            for (; task != null; task = inbox.poll()) {
                task.run();
            }
            return any;
        } catch (InterruptedException e) {
            stopKeeping = Optional.of(false);
            return true;
        }
    }

    /** Has the owner thread run the command, and waits. Called on a thread of the control server. */
    private ControlRequest.Response serve(ControlRequest controlRequest) {
        CompletableFuture<ControlRequest.Response> done = new CompletableFuture<>();
        inbox.add(() -> {
            try {
                done.complete(parts.worker().apply(controlRequest, store.strict()));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(COMMAND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return new ControlRequest.Response(
                    1, "", text(Message.of("daemon.command-bug", "error", String.valueOf(e.getMessage()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ControlRequest.Response(75, "", text(Message.of("daemon.ending")));
        }
    }

    private void log(Message message) {
        parts.log().accept(message.toString());
    }

    private static String text(Message message) {
        return message + "\n";
    }

    private void told(KeeperEvent event) {
        log(EventText.of(event));
        Map<String, String> variables = HookEnvironment.of(event);
        List<String> program = event.about().map(orders.mappings()::listener).orElseGet(orders.mappings()::onChange);
        if (!variables.isEmpty() && !program.isEmpty()) {
            hook.run(program, variables);
        }
    }
}
