package dev.ajar.relay.worker;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Durations;
import dev.ajar.relay.RelayOrders;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.system.process.SupervisedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Starts the relay process, hands it the rules, and starts it again should it end by itself. */
public final class WorkerProcess {
    /** Beyond the time the relay gives its connections. */
    private static final Duration ENDING = Duration.ofSeconds(35);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Starts a relay process. */
    @FunctionalInterface
    public interface Starter {
        SupervisedProcess start() throws IOException;
    }

    private final Starter starter;
    private final Consumer<List<RuleStatus>> told;
    private final Consumer<Message> log;
    private final Consumer<List<RuleKey>> stops;
    private final Object lock = new Object();
    private RelayOrders orders;
    private @Nullable SupervisedProcess process;
    private @Nullable Thread keeper;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param told receives the status of the rules, whenever it has changed
     * @param log receives a line for people
     * @param stops receives rules that a user wishes to be stopped
     */
    public WorkerProcess(
            RelayReport.RunBy runBy,
            Starter starter,
            Consumer<List<RuleStatus>> told,
            Consumer<Message> log,
            Consumer<List<RuleKey>> stops) {
        this.orders = RelayOrders.none(runBy);
        this.stops = stops;
        this.starter = starter;
        this.told = told;
        this.log = log;
    }

    /** Relays these rules from now on. The process is started once there is a rule. */
    public void want(List<RelayRule> fresh) {
        change(before -> before.with(fresh));
    }

    /** Changes what is wanted, and hands it to the process. For any thread. */
    public RelayOrders change(UnaryOperator<RelayOrders> how) {
        synchronized (lock) {
            orders = how.apply(orders);
            if (process != null) {
                hand(process);
            } else if (keeper == null && !orders.rules().isEmpty() && !isStopping()) {
                keeper = Thread.ofPlatform().daemon().name("relay-keeper").start(this::keep);
            }
            return orders;
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            try {
                SupervisedProcess started = starter.start();
                synchronized (lock) {
                    process = started;
                    hand(started);
                    if (isStopping()) {
                        closeQuietly(started.input());
                    }
                }
                boolean worked = hear(started);
                pause = worked ? FIRST_PAUSE : longer(pause);
                ended(started.await());
            } catch (IOException e) {
                log(Message.of("relaying.cannot-start", "why", String.valueOf(e.getMessage())));
                pause = longer(pause);
            } catch (InterruptedException e) {
                return;
            }
            if (rest(pause)) {
                return;
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = Durations.times(pause, 2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void ended(int exitCode) {
        synchronized (lock) {
            process = null;
            if (!isStopping()) {
                log(Message.of("relaying.ended", "code", exitCode));
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** @return whether the end was asked for meanwhile */
    private boolean rest(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** @return whether it reported any status */
    private boolean hear(SupervisedProcess started) {
        boolean worked = false;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(started.output(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                worked |= hear(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
            return worked;
        }
        return worked;
    }

    private boolean hear(String line) {
        try {
            JsonObject json = JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
            json.optionalText(WorkerLines.LOG).map(Message::verbatim).ifPresent(log);
            if (json.has(WorkerLines.STOP)) {
                stops.accept(RuleJson.keys(json, WorkerLines.STOP));
            }
            boolean rulesToo = json.has(WorkerLines.RULES);
            if (rulesToo) {
                told.accept(RuleJson.statuses(json));
            }
            return rulesToo;
        } catch (JsonException e) {
            log(Message.of("relaying.bad-output", "why", String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void log(Message message) {
        log.accept(message);
    }

    private void hand(SupervisedProcess to) {
        String line = JsonWriter.write(RuleJson.of(orders));
        try {
            OutputStream input = to.input();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // It has ended; the next process gets the rules at its start.
            return;
        }
    }

    /** Whether it has ended for good. */
    public boolean hasEnded() {
        synchronized (lock) {
            return isStopping() && process == null;
        }
    }

    /** Lets connections finish, then ends the process. For any thread, more than once. */
    public void stop() {
        synchronized (lock) {
            if (process != null) {
                closeQuietly(process.input());
            }
            stopping.countDown();
        }
    }

    /** Ends the process and its connections at once. */
    public void stopAtOnce() {
        stop();
        synchronized (lock) {
            if (process != null) {
                process.kill();
            }
        }
    }

    private static void closeQuietly(OutputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            // It has ended already.
            return;
        }
    }

    /** Waits until it has ended, after {@link #stop}; a process that hangs is killed. */
    public void await() throws InterruptedException {
        stopping.await();
        SupervisedProcess last;
        synchronized (lock) {
            last = process;
        }
        if (last != null && !last.await(ENDING)) {
            last.kill();
        }
    }
}
