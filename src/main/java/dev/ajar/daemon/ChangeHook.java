package dev.ajar.daemon;

import dev.ajar.model.RouterText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs somebody's program when something changes: no shell, nothing of our own environment but PATH, HOME and LANG, ten
 * seconds, and an end for all it has started.
 */
final class ChangeHook {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int MOST_WAITING = 256;

    /** Makes the program the leader of a group of its own, so that the whole group can be ended. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Map<String, String> environment;
    private final Consumer<String> log;
    private final ExecutorService worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("on-change").factory());

    /** @param environment our own, of which little is passed on */
    ChangeHook(Map<String, String> environment, Consumer<String> log) {
        this.environment = environment;
        this.log = log;
    }

    /** Returns at once. Programs run one after the other, in the order of what happened. */
    void run(List<String> program, Map<String, String> variables) {
        try {
            worker.execute(() -> start(program, variables));
        } catch (RejectedExecutionException e) {
            log.accept("on_change " + program.getFirst() + " was left out: " + MOST_WAITING + " others wait already");
        }
    }

    private void start(List<String> program, Map<String, String> variables) {
        List<String> command = new ArrayList<>();
        boolean group = Files.isExecutable(SETSID);
        if (group) {
            command.add(SETSID.toString());
        }
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        for (String name : List.of("PATH", "HOME", "LANG")) {
            String value = environment.get(name);
            if (value != null) {
                builder.environment().put(name, value);
            }
        }
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            await(program.getFirst(), process, group);
        } catch (IOException e) {
            log.accept("on_change " + program.getFirst() + " could not be started: " + e.getMessage());
        }
    }

    private void await(String name, Process process, boolean group) {
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(name, process));
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                log.accept("on_change " + name + " took longer than " + LIMIT.toSeconds() + " s and was ended");
            } else if (process.exitValue() != 0) {
                log.accept("on_change " + name + " ended with " + process.exitValue());
            }
            // What it left running in its group ends with it.
            end(process, group);
            reader.join(1000);
            process.getInputStream().close();
        } catch (InterruptedException e) {
            end(process, group);
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Closed already.
            return;
        }
    }

    private static void end(Process process, boolean group) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (group) {
            try {
                new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(1, TimeUnit.SECONDS);
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Its first lines go to the log, cleaned; all else is read and thrown away, so that it is not held up. */
    private void read(String name, Process process) {
        try (InputStream out = process.getInputStream()) {
            byte[] first = out.readNBytes(MOST_OUTPUT);
            String text = new String(first, StandardCharsets.UTF_8);
            text.lines()
                    .limit(5)
                    .map(line -> new RouterText(line).display())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> log.accept("on_change " + name + ": " + line));
            byte[] rest = new byte[8192];
            while (out.read(rest) >= 0) {
                // Thrown away.
            }
        } catch (IOException e) {
            return;
        }
    }
}
