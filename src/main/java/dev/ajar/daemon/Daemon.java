package dev.ajar.daemon;

import dev.ajar.control.ControlPlace;
import dev.ajar.control.ControlServer;
import dev.ajar.control.Errand;
import dev.ajar.keeper.Configuration;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPorts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thread that owns the keeper, and others that hand it things to do. */
public final class Daemon {
    /** How often it looks whether the network has changed or the machine slept. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Duration STOPPING = Duration.ofMillis(4500);

    /** The longest a command may take, and a little. */
    private static final Duration COMMAND = Duration.ofMinutes(11);

    /**
     * What it is made of.
     *
     * @param notes the folder of the state file
     * @param environment of the process
     * @param configuration read anew each time; a failure where it makes no sense
     * @param worker carries out a command on the notes it is given
     */
    public record Parts(
            Path notes,
            Map<String, String> environment,
            NetworkView network,
            DatagramPorts ports,
            Timeline timeline,
            StateStore disk,
            Supplier<Result<Configuration>> configuration,
            BiFunction<KeeperStore, Consumer<KeeperEvent>, Keeper> keeper,
            BiFunction<Errand, StateStore, Errand.Done> worker,
            Consumer<String> log) {}

    private final Parts parts;
    private final ChangeHook hook;
    private final ServiceManager manager;
    private final KeeperStore store;
    private final Keeper keeper;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private Configuration configuration = Configuration.EMPTY;
    private Optional<Boolean> stopKeeping = Optional.empty();

    public Daemon(Parts parts) {
        this.parts = parts;
        this.hook = new ChangeHook(parts.environment(), parts.log());
        this.manager = new ServiceManager(parts.environment());
        this.store = new KeeperStore(parts.disk(), this::told);
        this.keeper = parts.keeper().apply(store, this::told);
    }

    /** To be called by any thread: end, orderly. */
    public void stop(boolean leaveLeases) {
        inbox.add(() -> stopKeeping = Optional.of(leaveLeases));
    }

    /** To be called by any thread: read the configuration again. */
    public void reload() {
        inbox.add(
                () -> {
                    switch (parts.configuration().get()) {
                        case Result.Ok<Configuration>(Configuration fresh) -> {
                            apply(fresh);
                            parts.log().accept("configuration read again");
                        }
                        case Result.Err<Configuration>(Failure failure) ->
                                parts.log()
                                        .accept(
                                                "the configuration stays as it was: "
                                                        + failure.detail());
                    }
                });
    }

    /** @return why it could not begin; empty after an orderly end */
    public Optional<Failure> run() {
        return switch (parts.configuration().get()) {
            case Result.Err<Configuration>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Configuration>(Configuration first) -> run(first);
        };
    }

    private Optional<Failure> run(Configuration first) {
        Optional<Failure> unreadable = apply(first);
        if (unreadable.isPresent()) {
            return unreadable;
        }
        Path place = ControlPlace.forDaemon(parts.environment(), parts.notes());
        try {
            Files.createDirectories(place.toAbsolutePath().getParent());
            ControlServer control = ControlServer.start(place, this::serve);
            Announcements announcements =
                    Announcements.hear(
                            parts.ports(),
                            parts.network(),
                            gateway -> inbox.add(() -> keeper.stirred(gateway)));
            try (control;
                    announcements) {
                ControlPlace.announce(parts.notes(), place);
                manager.ready();
                parts.log().accept("keeping " + first.lines().size() + " configured mappings");
                loop();
                manager.stopping();
            }
            ControlPlace.withdraw(parts.notes());
            keeper.stop(stopKeeping.orElse(false), STOPPING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    new Failure.BadState(
                            "ajar cannot listen for commands at " + place + ": " + e.getMessage()));
        }
    }

    private Optional<Failure> apply(Configuration fresh) {
        switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> {
                return Optional.of(failure);
            }
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    switch (store.load()) {
                        case Result.Err<Snapshot>(Failure failure) -> {
                            return Optional.of(failure);
                        }
                        case Result.Ok<Snapshot>(Snapshot snapshot) -> {
                            store.save(fresh.appliedTo(snapshot, parts.timeline().instant()));
                            configuration = fresh;
                            return Optional.empty();
                        }
                    }
                }
            }
        }
    }

    private void loop() {
        Duration next = parts.timeline().elapsed();
        while (stopKeeping.isEmpty()) {
            Duration now = parts.timeline().elapsed();
            if (next.compareTo(now) <= 0 || keeper.notices()) {
                next = keeper.pass();
            }
            Duration wait = next.minus(parts.timeline().elapsed());
            if (await(wait.compareTo(TICK) < 0 ? wait : TICK)) {
                next = parts.timeline().elapsed();
            }
        }
    }

    /** Whether something has come in, which has been done then. */
    private boolean await(Duration longest) {
        try {
            Runnable task =
                    longest.isNegative()
                            ? inbox.poll()
                            : inbox.poll(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
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
    private Errand.Done serve(Errand errand) {
        CompletableFuture<Errand.Done> done = new CompletableFuture<>();
        inbox.add(
                () -> {
                    try {
                        done.complete(parts.worker().apply(errand, store.strict()));
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        try {
            return done.get(COMMAND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return new Errand.Done(1, "", "ajar: this is a bug in ajar: " + e.getMessage() + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Errand.Done(75, "", "ajar: the daemon is ending\n");
        }
    }

    private void told(KeeperEvent event) {
        parts.log().accept(EventText.of(event));
        Map<String, String> variables = HookEnvironment.of(event);
        List<String> program =
                event.about().map(configuration::listener).orElseGet(configuration::onChange);
        if (!variables.isEmpty() && !program.isEmpty()) {
            hook.run(program, variables);
        }
    }
}
