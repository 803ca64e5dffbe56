package dev.ajar.relay.worker;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.TransportProtocol;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The relay process: takes rules from its controller, and ends when told to, or when the controller is gone. */
public final class RelayWorker {
    /** The first argument that makes the program run as a relay process. */
    public static final String COMMAND = "relay-serve";

    private static final Duration TICK = Duration.ofSeconds(1);

    /** The addresses of this machine change seldom. */
    private static final int TICKS_BETWEEN_LOOKS = 5;

    /** A device that does not accept is tried again after that many. */
    private static final int TICKS_BETWEEN_DEVICES = 30;

    /** One that does, seldom: each try is a connection for it. */
    private static final int TICKS_BETWEEN_ALL_DEVICES = 600;

    /** Input from the controller, or its end. */
    private sealed interface WorkerMessage {
        record Rules(List<RelayRule> rules) implements WorkerMessage {}

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
    private volatile List<RelayRule> wanted = List.of();
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
                case WorkerMessage.Rules(List<RelayRule> rules) -> {
                    wanted = rules;
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
                inbox.add(new WorkerMessage.Rules(
                        JsonReader.read(line.getBytes(StandardCharsets.UTF_8)).objects("rules").stream()
                                .map(RuleJson::rule)
                                .toList()));
            }
        } catch (IOException | JsonException e) {
            lines.log(Message.of("relaying.bad-input", "why", String.valueOf(e.getMessage())));
        }
        inbox.add(new WorkerMessage.End());
    }

    /** Relays the rules whose device may be reached from here. */
    private void relay() {
        relayed = wanted.stream().filter(rule -> objection(rule).isEmpty()).toList();
        server.apply(relayed);
    }

    private Optional<Message> objection(RelayRule rule) {
        return policy.objection(rule.device().address());
    }

    /** This machine may be on another network by now, where another device has the same address. */
    private void look() {
        List<RelayRule> before = relayed;
        boolean waits =
                server.status().stream().anyMatch(status -> status.trouble().isPresent());
        List<RelayRule> now =
                wanted.stream().filter(rule -> objection(rule).isEmpty()).toList();
        if (!now.equals(before) || waits) {
            relay();
            lines.rules(status());
        }
    }

    /** The status of every rule. */
    public List<RuleStatus> status() {
        List<RuleStatus> all = new ArrayList<>(server.status());
        for (RelayRule rule : wanted) {
            objection(rule)
                    .ifPresent(why -> all.add(new RuleCounters()
                            .status(rule, Optional.of(new RuleProblem(RuleProblem.ProblemKind.DEVICE, why)))));
        }
        return all;
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
