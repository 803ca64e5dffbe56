package dev.ajar.service.backend;

import dev.ajar.container.Container;
import dev.ajar.container.ContainerReport;
import dev.ajar.container.ContainerSettings;
import dev.ajar.daemon.ContainerController;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.kubernetes.client.Cluster;
import dev.ajar.kubernetes.client.Leadership;
import dev.ajar.kubernetes.client.ServiceWatch;
import dev.ajar.kubernetes.client.SharedState;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.ServiceContext;
import dev.ajar.state.Owner;
import dev.ajar.state.file.CopiedStateStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.system.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the daemon for the Services of a cluster, while this process leads. It ends when it leads no longer. */
final class ClusterRunner {
    private final ServiceContext context;
    private final CommandBackend local;
    private final ClusterSettings settings;
    private final Surroundings surroundings;
    private volatile Runnable end = () -> {};

    /**
     * What is around this process.
     *
     * @param cluster connects to it
     * @param pace of elections
     * @param halt ends the process at once
     */
    record Surroundings(Connector cluster, Leadership.Pace pace, Runnable halt) {}

    /** Connects to a cluster. */
    @FunctionalInterface
    interface Connector {
        /**
         * @param identity of this process
         * @throws IOException if there is none
         */
        Cluster connect(String identity) throws IOException;
    }

    ClusterRunner(ServiceContext context, CommandBackend local, ClusterSettings settings) {
        this(
                context,
                local,
                settings,
                new Surroundings(
                        identity -> Cluster.connect(
                                variable(context.environment(), "POD_NAMESPACE"), identity, context.timeline()),
                        Leadership.Pace.USUAL,
                        () -> Runtime.getRuntime().halt(0)));
    }

    ClusterRunner(ServiceContext context, CommandBackend local, ClusterSettings settings, Surroundings surroundings) {
        this.context = context;
        this.local = local;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Ends the daemon as a signal does. For any thread. */
    void stop() {
        end.run();
    }

    /** @return why it could not begin; empty after an orderly end */
    Optional<Failure> run(Consumer<Message> log) {
        String identity = variable("POD_NAME")
                .or(() -> variable("NODE_NAME"))
                .or(() -> variable("HOSTNAME"))
                .orElse("ajar");
        return switch (StateFolder.locate(context.environment())) {
            case Result.Err<Path>(Failure failure) -> Optional.of(failure);
            case Result.Ok<Path>(Path folder) -> {
                try (Cluster cluster = surroundings.cluster().connect(identity)) {
                    yield run(cluster, folder, log);
                } catch (IOException e) {
                    yield silent(e);
                } catch (InterruptedException e) {
                    // A signal, before this process led.
                    yield Optional.empty();
                }
            }
        };
    }

    private Optional<String> variable(String name) {
        return variable(context.environment(), name);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.of(environment.getOrDefault(name, "")).filter(text -> !text.isEmpty());
    }

    private static Optional<Failure> silent(IOException e) {
        return Optional.of(new Failure.BadState(
                Message.of("kubernetes.no-cluster", "why", ErrorText.of(e).orElse("")),
                List.of(Message.of("kubernetes.no-cluster-next"))));
    }

    private Optional<Failure> run(Cluster cluster, Path folder, Consumer<Message> log)
            throws IOException, InterruptedException {
        // Where the ports lead to this node, the next leader has to move them; else it goes on with them as they are.
        ShutdownPolicy policy =
                ShutdownPolicy.of(settings.keep() || settings.to().isPresent());
        SharedState copy = cluster.state();
        Services services = new Services(cluster, settings);
        DaemonRunner daemon = new DaemonRunner(
                context,
                local,
                configured -> configured.watchingServices(settings.to()),
                (http, end) -> {},
                Optional.of(new DaemonRunner.Surroundings(
                        services,
                        (file, there) -> new CopiedStateStore(file, there, copy::write, log),
                        surroundings.halt())));
        end = () -> daemon.stop(policy);
        Thread waiting = Thread.currentThread();
        Signals.hear("TERM", signal -> waiting.interrupt());
        Signals.hear("INT", signal -> waiting.interrupt());
        log.accept(Message.of("kubernetes.standing"));
        try (Leadership leadership = cluster.stand(surroundings.pace(), new Leadership.Listener() {
            @Override
            public void silent() {
                log.accept(Message.of("kubernetes.silent"));
            }

            @Override
            public void back() {
                log.accept(Message.of("kubernetes.back"));
            }

            @Override
            public void lost(String leader) {
                log.accept(Message.of("kubernetes.lost", "leader", new RouterText(leader).display()));
                daemon.stop(policy);
            }
        })) {
            awaitLead(leadership, log);
            log.accept(Message.of("kubernetes.leads"));
            Optional<byte[]> left = copy.take(CopiedStateStore.isIn(folder));
            if (left.isPresent()) {
                CopiedStateStore.restore(folder, left.get());
            }
            return daemon.run(settings.config(), policy, log);
        }
    }

    /**
     * A server that is silent, or refuses the Lease, is told once: without it this process would seem to wait for
     * another.
     */
    private void awaitLead(Leadership leadership, Consumer<Message> log) throws InterruptedException {
        boolean told = false;
        while (!leadership.await(surroundings.pace().lease())) {
            if (!told && !leadership.hasHeard()) {
                told = true;
                log.accept(Message.of("kubernetes.no-lease"));
            }
        }
    }

    /** The Services of the cluster as containers of one engine. */
    private static final class Services implements ContainerController {
        private final Cluster cluster;
        private final ClusterSettings settings;
        private volatile Optional<ServiceWatch> watch = Optional.empty();

        Services(Cluster cluster, ClusterSettings settings) {
            this.cluster = cluster;
            this.settings = settings;
        }

        @Override
        public synchronized Set<String> watch(Optional<ContainerSettings> containers, Listener listener) {
            stop();
            watch = Optional.of(cluster.watch(settings.namespace(), new ServiceWatch.Listener() {
                @Override
                public void services(List<Container> services) {
                    listener.containers(Owner.Container.KUBERNETES, services);
                }

                @Override
                public void told(Message sentence) {
                    listener.told(sentence);
                }
            }));
            return Set.of(Owner.Container.KUBERNETES);
        }

        @Override
        public Optional<Consumer<ContainerReport>> reports() {
            return watch.map(there -> there::report);
        }

        @Override
        public synchronized void stop() {
            watch.ifPresent(ServiceWatch::stop);
        }
    }
}
