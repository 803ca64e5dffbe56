package dev.ajar.service.backend;

import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.daemon.CommandThreads;
import dev.ajar.json.JsonObject;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.mapping.request.Progress;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.client.PortServices;
import dev.ajar.service.client.RemotePorts;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/** A daemon that makes a pass only when it is told to: its keeper's thread, its requests and its socket. */
final class TestedDaemon implements AutoCloseable {
    final DaemonStatus status;
    final Keeper keeper;

    /** What it answers who asks for its page. */
    volatile String page = "{}";

    private final ServiceContext context;
    private final StateStore memory = new MemoryStateStore();

    /** How often the state has been locked. */
    final AtomicInteger locks = new AtomicInteger();

    private final StateStore store = new StateStore() {
        @Override
        public Result<Snapshot> load() {
            return memory.load();
        }

        @Override
        public Result<Written> save(Snapshot snapshot) {
            return memory.save(snapshot);
        }

        @Override
        public Result<Lock> lock() {
            locks.incrementAndGet();
            return memory.lock();
        }
    };
    private final DaemonBackend backend;
    private final DaemonRequests requests;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("keeper").factory());
    private final ControlServer server;
    private final Path place;

    TestedDaemon(ServiceFixture machine, Path folder) throws IOException {
        this(machine, folder, ".sock");
    }

    /** @param kind the end of the place's name: of a Unix socket, or of the token file of a TCP port */
    TestedDaemon(ServiceFixture machine, Path folder, String kind) throws IOException {
        this.context = machine.context(Map.of());
        this.backend = new DaemonBackend(context, new LocalBackend(context));
        KeeperStore kept = new KeeperStore(store, event -> {});
        this.keeper =
                backend.attach(context.keepers().keeper(kept, context.allOwners(), backend.recording(event -> {})));
        this.status = backend.status();
        CachedReports reports = new CachedReports(
                context.ports(), backend, context.ports().ports(store, backend), status::kept, context.timeline());
        this.requests = new DaemonRequests(context.ports(), backend, reports, language -> Result.ok(page));
        Files.createDirectories(folder);
        this.place = folder.resolve("control" + kind);
        this.server = ControlServer.start(place, new Handler());
    }

    /** The same service without the socket. */
    PortServices here() {
        return PortServices.withoutDaemon(progress -> Result.ok(context.ports().ports(store, backend)));
    }

    /** The service over the socket. */
    PortServices there() {
        return new PortServices() {
            @Override
            public Result<PortService> here(Progress progress) {
                return Result.ok(context.ports().ports(store, backend));
            }

            @Override
            public Optional<DaemonLink> daemon() {
                return DaemonLink.connect(place);
            }

            @Override
            public PortService at(DaemonLink daemon) {
                return new RemotePorts(daemon, Samples.PROTOCOLS, List::of, () -> here(Progress.silent()), false);
            }
        };
    }

    /** The service over the socket. */
    PortService remote() {
        PortServices services = there();
        return services.at(services.daemon().orElseThrow());
    }

    DaemonLink remoteLink() {
        return there().daemon().orElseThrow();
    }

    /** Does the task on the keeper's thread. */
    <T> CompletableFuture<T> submit(Function<StateStore, T> task) {
        return CompletableFuture.supplyAsync(() -> task.apply(store), thread);
    }

    /** One pass, and what clients see after it. */
    void pass() {
        submit(ignored -> {
                    keeper.pass();
                    status.publish();
                    return "";
                })
                .join();
    }

    @Override
    public void close() {
        server.close();
        thread.shutdownNow();
    }

    private final class Handler implements ControlHandler {
        @Override
        public ControlRequest.Response run(ControlRequest request) {
            return context.commands().run(request, store, backend, Optional.empty());
        }

        @Override
        public String watch() {
            return status.document();
        }

        @Override
        public void follow(Predicate<String> documents) throws InterruptedException {
            status.follow(documents);
        }

        @Override
        public Set<String> requests() {
            return requests.names();
        }

        @Override
        public String answer(String name, JsonObject request) throws InterruptedException {
            CommandThreads one = TestedDaemon.this::submit;
            return requests.answer(name, request, one);
        }
    }
}
