package dev.ajar.service.backend;

import static org.awaitility.Awaitility.await;

import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.kubernetes.client.Cluster;
import dev.ajar.kubernetes.client.Leadership;
import dev.ajar.model.Failure;
import dev.ajar.service.ServiceContext;
import dev.ajar.system.SystemTimeline;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simulated API server, and processes of ajar behind one embedded router. */
final class ClusterRig implements AutoCloseable {
    private static final Leadership.Pace FAST =
            new Leadership.Pace(Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofMillis(300));

    private static final Pattern HOLDER = Pattern.compile("\"holderIdentity\":\"([^\"]+)\"");
    private static final Pattern RENEWED = Pattern.compile("(\"renewTime\":\")([^\"]+)");
    private static final Pattern FROM = Pattern.compile("/services\\?.*resourceVersion=(\\d+)");
    private static final DateTimeFormatter RENEWAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String GONE =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"too old resource version\",\"reason\":\"Expired\",\"code\":410}";

    private static final Duration LONGEST = Duration.ofSeconds(40);

    /** What processes of ajar asked the server. */
    final Set<AskedOfServer> asked = ConcurrentHashMap.newKeySet();

    /** Whether the server lets no process see all Services. */
    volatile boolean refuses;

    /** Whether the server lets no process have a Lease. */
    volatile boolean refusesLeases;

    /** How many changes of Services the server still refuses, since another client has changed them meanwhile. */
    final AtomicInteger conflicts = new AtomicInteger();

    final ServiceFixture machine;
    final KubernetesClient user;
    private final Path folder;
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Recording(), false);
    private final List<Pod> pods = new ArrayList<>();

    /**
     * They tell each request, and what a cut costs the simulated server. Kept, as the JDK forgets the level of one that
     * is not.
     */
    private final List<Logger> loggers = List.of(
            Logger.getLogger(MockWebServer.class.getName()),
            Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker"));

    ClusterRig(Path folder) {
        loggers.forEach(logger -> logger.setLevel(Level.OFF));
        this.folder = folder;
        this.machine = new ServiceFixture(folder);
        server.init();
        this.user = client(server.getPort(), "test");
    }

    /** How far the clocks of processes are ahead, by the name of the process. */
    final Map<String, Duration> ahead = new ConcurrentHashMap<>();

    /** How often a process has looked who leads. */
    final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();

    /** The last version from which the server can no longer tell what has changed. */
    volatile long expired;

    /** How often it has said so. */
    final AtomicInteger forgotten = new AtomicInteger();

    /** The newest version of a Service. */
    long version() {
        return user.services().inAnyNamespace().list().getItems().stream()
                .mapToLong(one -> Long.parseLong(one.getMetadata().getResourceVersion()))
                .max()
                .orElse(0);
    }

    /** A moment that another clock wrote, as it looks beside the reader's own. */
    private MockResponse skewed(MockResponse answer, String reader) {
        looks.computeIfAbsent(reader, ignored -> new AtomicInteger()).incrementAndGet();
        String body = answer.getBody() == null ? "" : answer.getBody().readUtf8();
        Matcher holder = HOLDER.matcher(body);
        Matcher renewed = RENEWED.matcher(body);
        if (!holder.find() || !renewed.find()) {
            return answer.setBody(body);
        }
        Duration off =
                ahead.getOrDefault(holder.group(1), Duration.ZERO).minus(ahead.getOrDefault(reader, Duration.ZERO));
        ZonedDateTime shown = ZonedDateTime.parse(renewed.group(2)).plus(off);
        return answer.setBody(renewed.replaceFirst("$1" + RENEWAL.format(shown)));
    }

    private Optional<MockResponse> gone(RecordedRequest request) {
        Matcher from = FROM.matcher(request.getPath());
        if (!request.getPath().contains("watch=true") || !from.find() || Long.parseLong(from.group(1)) > expired) {
            return Optional.empty();
        }
        forgotten.incrementAndGet();
        return Optional.of(new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response answer) {
                boolean ignored = socket.send("{\"type\":\"ERROR\",\"object\":" + GONE + "}");
            }
        }));
    }

    /** Notes what processes of ajar ask, and not what the test asks. */
    private final class Recording extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String process = request.getHeader("User-Agent");
            if ("GET".equals(request.getMethod()) && request.getPath().contains("/leases/") && !refusesLeases) {
                asked.add(AskedOfServer.of(request.getMethod(), request.getPath()));
                return skewed(super.dispatch(request), process);
            }
            Optional<MockResponse> gone = gone(request);
            if (gone.isPresent()) {
                return gone.get();
            }
            if (!"test".equals(request.getHeader("User-Agent"))) {
                asked.add(AskedOfServer.of(request.getMethod(), request.getPath()));
            }
            boolean change = "PATCH".equals(request.getMethod())
                    && request.getPath().contains("/services/")
                    && !"test".equals(request.getHeader("User-Agent"));
            if (change && conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new MockResponse().setResponseCode(409);
            }
            boolean list = request.getPath().startsWith("/api/v1/services");
            boolean refused = (list && refuses) || (request.getPath().contains("/leases") && refusesLeases);
            return refused ? new MockResponse().setResponseCode(403) : super.dispatch(request);
        }
    }

    private static KubernetesClient client(int port, String name) {
        Config config = new ConfigBuilder(Config.empty())
                .withUserAgent(name)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withNamespace("ajar")
                .withRequestRetryBackoffLimit(1)
                .withRequestTimeout(5000)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** A process of ajar, with a state folder of its own. */
    final class Pod {
        final CutLine line;
        final List<String> log = new CopyOnWriteArrayList<>();
        private final ClusterRunner runner;
        private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();

        Pod(String name, Optional<InetAddress> to, boolean keep) throws IOException {
            line = new CutLine(server.getPort());
            ServiceContext context = machine.context(Map.of("POD_NAME", name), folder.resolve(name));
            runner = new ClusterRunner(
                    context,
                    new LocalBackend(context),
                    new ClusterSettings(to, Optional.empty(), Optional.empty(), keep),
                    new ClusterRunner.Surroundings(
                            identity -> new Cluster(client(line.port(), name), "ajar", identity, new SystemTimeline()),
                            FAST,
                            () -> {}));
            Thread.ofPlatform().daemon().name(name).start(() -> {
                try {
                    end.complete(runner.run(sentence -> log.add(sentence.toString())));
                } catch (RuntimeException e) {
                    end.completeExceptionally(e);
                }
            });
        }

        boolean leads() {
            return log.stream().anyMatch(sentence -> sentence.contains("keeping"));
        }

        void stop() {
            runner.stop();
            ended();
        }

        Optional<Failure> ended() {
            return end.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** A process that leads by now. */
    Pod leader(String name) throws IOException {
        Pod pod = pod(name, Optional.empty(), true);
        until(pod::leads);
        return pod;
    }

    Pod pod(String name, Optional<InetAddress> to, boolean keep) throws IOException {
        Pod pod = new Pod(name, to, keep);
        pods.add(pod);
        return pod;
    }

    /** A port of a Service: its name and number; on the nodes 30000 more. */
    Service create(String name, String type, Map<String, String> annotations, Map<String, Integer> ports) {
        ServiceBuilder made = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .endSpec();
        ports.forEach((port, number) -> made.editSpec()
                .addNewPort()
                .withName(port)
                .withPort(number)
                .withProtocol("TCP")
                .withNodePort(30000 + number)
                .endPort()
                .endSpec());
        return user.services().inNamespace("default").resource(made.build()).create();
    }

    Service service(String name) {
        return user.services().inNamespace("default").withName(name).get();
    }

    void annotate(String name, UnaryOperator<Map<String, String>> change) {
        user.services()
                .inNamespace("default")
                .withName(name)
                .edit(now -> new ServiceBuilder(now)
                        .editMetadata()
                        .withAnnotations(
                                change.apply(new HashMap<>(now.getMetadata().getAnnotations())))
                        .endMetadata()
                        .build());
    }

    void delete(String name) {
        user.services().inNamespace("default").withName(name).delete();
    }

    /** {@code True Open}; empty without a condition. */
    String condition(String name) {
        Service there = service(name);
        return there == null || there.getStatus() == null || there.getStatus().getConditions() == null
                ? ""
                : there.getStatus().getConditions().stream()
                        .map(one -> one.getStatus() + " " + one.getReason() + " " + one.getMessage())
                        .findFirst()
                        .orElse("");
    }

    List<String> ingress(String name) {
        Service there = service(name);
        return there.getStatus() == null || there.getStatus().getLoadBalancer() == null
                ? List.of()
                : there.getStatus().getLoadBalancer().getIngress().stream()
                        .map(one -> one.getIp())
                        .toList();
    }

    /** The rules of the router: {@code 80→30080}. */
    List<String> rules() {
        return machine.router().table().stream()
                .map(rule -> rule.replaceAll("\\w+ (\\d+) -> [^ ]*:(\\d+) .*", "$1→$2"))
                .sorted()
                .toList();
    }

    void until(Callable<Boolean> condition) {
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    void untilRules(String... rules) {
        until(() -> rules().equals(List.of(rules)));
    }

    @Override
    public void close() throws IOException {
        pods.forEach(Pod::stop);
        user.close();
        // A line that was cut holds connections, for whose end the server would wait.
        for (Pod pod : pods) {
            pod.line.close();
        }
        try {
            server.destroy();
        } catch (IllegalStateException e) {
            // It waits some seconds alone. Its threads keep no JVM alive, and what the test asserts has been seen by
            // now.
            System.err.println("The simulated API server did not end in time: " + e.getMessage());
        }
        machine.close();
    }
}
