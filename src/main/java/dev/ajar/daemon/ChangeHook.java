package dev.ajar.daemon;

import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.system.process.BoundedRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the user's program when something changes: without a shell, with PATH, HOME and LANG of the daemon's
 * environment, for ten seconds at most. Then every process it started is ended.
 */
final class ChangeHook {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int MOST_LINES = 5;
    private static final int MOST_WAITING = 256;

    private final Map<String, String> environment;
    private final Consumer<Message> log;
    private final ExecutorService worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("on-change").factory());

    /** @param environment of this process, of which three variables are passed on */
    ChangeHook(Map<String, String> environment, Consumer<Message> log) {
        this.environment = environment;
        this.log = log;
    }

    /** Returns at once. Programs run one after the other, in the order of the events. */
    void run(List<String> program, Map<String, String> variables) {
        try {
            worker.execute(() -> start(program, variables));
        } catch (RejectedExecutionException e) {
            log(Message.of("daemon.hook-left-out", "program", program.getFirst(), "waiting", MOST_WAITING));
        }
    }

    private void log(Message message) {
        log.accept(message);
    }

    private void start(List<String> program, Map<String, String> variables) {
        Map<String, String> own = new HashMap<>(variables);
        for (String name : List.of("PATH", "HOME", "LANG")) {
            String value = environment.get(name);
            if (value != null) {
                own.putIfAbsent(name, value);
            }
        }
        BoundedRun.Outcome outcome = new BoundedRun(LIMIT, program)
                .withErrors()
                .capturing(MOST_OUTPUT)
                .withOnly(own)
                .withItsGroup()
                .run();
        String name = program.getFirst();
        outcome.text()
                .lines()
                .limit(MOST_LINES)
                .map(line -> new RouterText(line).display())
                .filter(line -> !line.isEmpty())
                .forEach(line -> log(Message.of("daemon.hook-output", "program", name, "line", line)));
        switch (outcome) {
            case BoundedRun.Outcome.NotStarted(String reason) ->
                log(Message.of("daemon.hook-not-started", "program", name, "why", reason));
            case BoundedRun.Outcome.Killed ignored ->
                log(Message.of("daemon.hook-too-long", "program", name, "seconds", LIMIT.toSeconds()));
            case BoundedRun.Outcome.Ended(int exitCode, var output) -> {
                if (exitCode != 0) {
                    log(Message.of("daemon.hook-failed", "program", name, "code", exitCode));
                }
            }
        }
    }
}
