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

/** One thread that owns the keeper, and others that hand it things to do. */
public final class Daemon {
    /** How often it looks whether the network has changed or the machine slept. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Duration STOPPING = Duration.ofSeconds(4);
    private static final Duration LAST_RESORT = Duration.ofMillis(4700);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration AFTER_A_BUG = Duration.ofSeconds(10);
    private static final Duration BETWEEN_HINTS = Duration.ofMillis(50);

    /** The longest a command may take, and a little. */
    private static final Duration COMMAND = Duration.ofMinutes(11);

    /**
     * What it is made of.
     *
     * @param stateFolder the folder of the state file
     * @param environment of the process
     * @param orders read anew each time; a failure where they make no sense
     * @param worker carries out a command on the notes it is given
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
    private Set<String> carried = Set.of();
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

    /** To be called by any thread: end, orderly, and in any case soon. */
    public void stop(boolean leaveLeases) {
        inbox.add(() -> stopKeeping = Optional.of(leaveLeases));
        Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            // A router that keeps the owner waiting must not keep everybody
            // waiting. What could not be
            // closed is in the notes, and the next one to begin goes on from there.
            LockSupport.parkNanos(LAST_RESORT.toNanos());
            parts.log().accept("a router holds up the end; what it holds stays in the notes");
            parts.halt().run();
        });
    }

    /** To be called by any thread: read the configuration again. */
    public void reload() {
        inbox.add(() -> {
            switch (parts.orders().get()) {
                case Result.Ok<DaemonConfig>(DaemonConfig fresh) -> pending = Optional.of(fresh);
                case Result.Err<DaemonConfig>(Failure failure) ->
                    parts.log().accept("the configuration stays as it was: " + failure.detail());
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
                parts.log().accept("keeping " + first.mappings().lines().size() + " configured mappings");
                loop();
                manager.stopping();
            }
            parts.carrier().stop();
            SocketLocation.withdraw(parts.stateFolder());
            keeper.stop(stopKeeping.orElse(false), STOPPING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    new Failure.BadState(Message.verbatim("ajar cannot listen for commands at " + place + ": " + e.getMessage())));
        }
    }

    /** Without it, commands still look beside the notes. */
    private void announce(Path place) {
        try {
            SocketLocation.announce(parts.stateFolder(), place);
        } catch (IOException e) {
            parts.log().accept("where commands are taken cannot be written down: " + e.getMessage());
        }
    }

    /** However many come, one waits to be heeded. */
    private void announced(InetAddress gateway) {
        if (hinted.compareAndSet(false, true)) {
            inbox.add(() -> {
                hinted.set(false);
                keeper.onAnnouncement(gateway);
            });
        }
        LockSupport.parkNanos(BETWEEN_HINTS.toNanos());
    }

    /** A relay's port is open on the router as long as it is carried here. */
    private void carried(Set<String> names) {
        inbox.add(() -> {
            if (!names.equals(carried)) {
                carried = names;
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
                            // A daemon has one configuration: what another file named before is
                            // over.
                            store.save(fresh.mappings(carried)
                                    .appliedTo(snapshot, parts.timeline().instant(), file -> false));
                            orders = fresh;
                            parts.carrier().want(fresh.relays(), this::carried);
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
                parts.log().accept("configuration read again");
            }
            boolean due = next.compareTo(now) <= 0 || reloaded || keeper.checkNetwork() || isStateNew();
            Duration then = due ? keeper.pass() : next;
            return waits ? now.plus(SOON) : then;
        } catch (RuntimeException e) {
            // A bug in one step is no reason to let go of everything.
            parts.log().accept("this is a bug in ajar, going on: " + new RouterText(e.toString()).display());
            return now.plus(AFTER_A_BUG);
        }
    }

    /** Whether somebody else has written the notes. */
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

    /** Whether something has come in, which has been done then. */
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

    /** On a thread of the control server: has the owner do it, and waits. */
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
            return new ControlRequest.Response(1, "", "ajar: this is a bug in ajar: " + e.getMessage() + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ControlRequest.Response(75, "", "ajar: the daemon is ending\n");
        }
    }

    private void told(KeeperEvent event) {
        parts.log().accept(EventText.of(event));
        Map<String, String> variables = HookEnvironment.of(event);
        List<String> program = event.about().map(orders.mappings()::listener).orElseGet(orders.mappings()::onChange);
        if (!variables.isEmpty() && !program.isEmpty()) {
            hook.run(program, variables);
        }
    }
}
