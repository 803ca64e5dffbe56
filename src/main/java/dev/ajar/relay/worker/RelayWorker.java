package dev.ajar.relay.worker;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayOrders;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleCounters;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.TargetPolicy;
import dev.ajar.relay.engine.RelayServer;
import dev.ajar.system.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The relay process: takes rules from its controller, and ends when told to, or when the controller is gone. */
public final class RelayWorker {
    /** The first argument that makes the program run as a relay process. */
    public static final String COMMAND = "relay-serve";

    /** The first word to {@link #answer} of a wish to stop rules. */
    public static final String STOP = "stop";

    private static final Duration TICK = Duration.ofSeconds(1);

    /** The addresses of this machine change seldom. */
    private static final int TICKS_BETWEEN_LOOKS = 5;

    /** A device that does not accept is tried again after that many. */
    private static final int TICKS_BETWEEN_DEVICES = 30;

    /** One that does, seldom: each try is a connection for it. */
    private static final int TICKS_BETWEEN_ALL_DEVICES = 600;

    /** Input from the controller, or its end. */
    private sealed interface WorkerMessage {
        record Orders(RelayOrders orders) implements WorkerMessage {}

        record End() implements WorkerMessage {}
    }

    private final RelayServer server;
    private final TargetPolicy policy;
    private final Timeline timeline;
    private final Duration drain;
    private final WorkerLines lines;
    private final Duration tick;
    private final RefusalLog refusalLog = new RefusalLog();
    private final LinkedBlockingQueue<WorkerMessage> inbox = new LinkedBlockingQueue<>();
    private volatile RelayOrders wanted = RelayOrders.none(RelayReport.RunBy.COMMAND);
    private final DeviceWatch devices;
    private List<RelayRule> relayed = List.of();

    /**
     * @param drain how long connections may go on once the end has been asked for
     * @param lines receives status and log
     */
    public RelayWorker(RelayServer server, TargetPolicy policy, Timeline timeline, Duration drain, WorkerLines lines) {
        this(server, policy, timeline, drain, lines, DeviceWatch::connect, TICK);
    }

    RelayWorker(
            RelayServer server,
            TargetPolicy policy,
            Timeline timeline,
            Duration drain,
            WorkerLines lines,
            DeviceWatch.Probe probe,
            Duration tick) {
        this.server = server;
        this.policy = policy;
        this.timeline = timeline;
        this.drain = drain;
        this.lines = lines;
        this.devices = new DeviceWatch(probe);
        this.tick = tick;
    }

    /** Lets connections finish, then ends. For any thread. */
    public void stop() {
        inbox.add(new WorkerMessage.End());
    }

    /** Ends all connections, and then the relay. For any thread. */
    public void cutOff() {
        stop();
        server.cutOff();
    }

    /** Runs until told to end, or until {@code orders} ends. */
    public void run(InputStream orders) {
        Thread.ofPlatform().daemon().name("orders").start(() -> listen(orders));
        try {
            follow();
        } finally {
            // The relay may be part of a process that goes on.
            server.close();
        }
    }

    private void follow() {
        for (int tick = 1; ; tick++) {
            switch (next()) {
                case WorkerMessage.Orders(RelayOrders orders) -> {
                    wanted = orders;
                    relay();
                    lines.rules(status());
                    lookAtDevices(true);
                }
                case WorkerMessage.End ignored -> {
                    end();
                    return;
                }
                case null -> {
                    refusalLog.of(server.status(), timeline.uptime()).forEach(lines::log);
                    if (tick % TICKS_BETWEEN_LOOKS == 0) {
                        look();
                    }
                    if (tick % TICKS_BETWEEN_DEVICES == 0) {
                        lookAtDevices(tick % TICKS_BETWEEN_ALL_DEVICES == 0);
                    }
                }
            }
        }
    }

    /** On a thread of its own, because a silent device takes seconds. */
    private void lookAtDevices(boolean all) {
        List<Endpoint> tcp = relayed.stream()
                .filter(rule -> rule.protocol() == TransportProtocol.TCP)
                .map(RelayRule::device)
                .distinct()
                .toList();
        if (!tcp.isEmpty()) {
            Thread.ofPlatform()
                    .daemon()
                    .name("devices")
                    .start(() -> devices.look(tcp, all).forEach(lines::log));
        }
    }

    private @Nullable WorkerMessage next() {
        try {
            return inbox.poll(tick.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return new WorkerMessage.End();
        }
    }

    private void listen(InputStream orders) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                inbox.add(new WorkerMessage.Orders(
                        RuleJson.orders(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)))));
            }
        } catch (IOException | JsonException e) {
            lines.log(Message.of("relaying.bad-input", "why", String.valueOf(e.getMessage())));
        }
        inbox.add(new WorkerMessage.End());
    }

    /** Relays the rules whose device may be reached from here. */
    private void relay() {
        relayed = unobjected();
        server.apply(relayed);
    }

    private List<RelayRule> unobjected() {
        RelayOrders orders = wanted;
        return orders.rules().stream()
                .filter(rule -> objection(orders, rule).isEmpty())
                .toList();
    }

    private Optional<RuleProblem> objection(RelayOrders orders, RelayRule rule) {
        return orders.stopped().contains(rule.key())
                ? Optional.of(RuleProblem.stopped())
                : policy.objection(rule.device().address())
                        .map(why -> new RuleProblem(RuleProblem.ProblemKind.DEVICE, why));
    }

    /** This machine may be on another network by now, where another device has the same address. */
    private void look() {
        List<RelayRule> before = relayed;
        boolean waits =
                server.status().stream().anyMatch(status -> status.trouble().isPresent());
        if (!unobjected().equals(before) || waits) {
            relay();
            lines.rules(status());
        }
    }

    /** The status of every rule. */
    public List<RuleStatus> status() {
        List<RuleStatus> all = new ArrayList<>(server.status());
        RelayOrders orders = wanted;
        for (RelayRule rule : orders.rules()) {
            objection(orders, rule).ifPresent(why -> all.add(new RuleCounters().status(rule, why)));
        }
        return all;
    }

    /**
     * Answers a process of this user, from any thread: with what runs the relay and the status of every rule.
     *
     * @param words {@code status}; or {@code stop} and rules ({@code tcp 8554}), which the controller is then asked to
     *     stop
     */
    String answer(List<String> words) {
        boolean stops = !words.isEmpty() && words.getFirst().equals(STOP);
        if (stops) {
            Set<String> named = Set.copyOf(words.subList(1, words.size()));
            lines.stop(wanted.rules().stream()
                    .map(RelayRule::key)
                    .filter(key -> named.contains(key.toString()))
                    .toList());
        }
        return WorkerLines.document(wanted.runBy(), status(), stops);
    }

    private void end() {
        int present = server.present();
        if (present > 0) {
            lines.log(Message.of("relaying.waiting", "seconds", drain.toSeconds(), "count", present));
        }
        if (!server.drain(drain)) {
            lines.log(Message.of("relaying.cut-off"));
        }
    }
}
