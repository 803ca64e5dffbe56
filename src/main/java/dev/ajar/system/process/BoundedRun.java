package dev.ajar.system.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of a program with little or no input: its output is captured up to a limit, and the program is killed when
 * its time is up. No shell is involved.
 */
public final class BoundedRun {
    /** Runs a program as the leader of a process group of its own, so that the whole group can be killed. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final Duration AFTER_THE_END = Duration.ofSeconds(1);

    private final ProcessBuilder builder;
    private final Duration limit;
    private int mostOutput = 1 << 20;
    private boolean group;
    private byte[] input = new byte[0];

    /** How a run ended. */
    public sealed interface Outcome {
        /** @param output the first bytes of it, as {@link ProgramText} reads them */
        record Ended(int exitCode, String output) implements Outcome {}

        /** The program was killed because its time was up, or because this thread was interrupted. */
        record Killed(String output) implements Outcome {}

        record NotStarted(String reason) implements Outcome {}

        /** The output; empty where the program was not started. */
        default String text() {
            return switch (this) {
                case Ended ended -> ended.output();
                case Killed killed -> killed.output();
                case NotStarted ignored -> "";
            };
        }
    }

    public BoundedRun(Duration limit, List<String> command) {
        this.limit = limit;
        this.builder = ChildEnvironment.builder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    public BoundedRun(Duration limit, String... command) {
        this(limit, List.of(command));
    }

    /** Captures standard error together with standard output; without this it is discarded. */
    public BoundedRun withErrors() {
        builder.redirectErrorStream(true);
        return this;
    }

    /** Captures no more than the first {@code bytes}; the rest is read and discarded. */
    public BoundedRun capturing(int bytes) {
        mostOutput = bytes;
        return this;
    }

    /** Gives the program that input; a secret does not stand in the list of processes then. */
    public BoundedRun reading(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Adds a variable to the environment. */
    public BoundedRun with(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /** Replaces the environment. */
    public BoundedRun withOnly(Map<String, String> environment) {
        builder.environment().clear();
        builder.environment().putAll(environment);
        return this;
    }

    /** Also kills what the program has started and left running, where the system can tell. */
    public BoundedRun withItsGroup() {
        group = Files.isExecutable(SETSID);
        if (group) {
            List<String> command = new ArrayList<>(builder.command());
            command.addFirst(SETSID.toString());
            builder.command(command);
        }
        return this;
    }

    public Outcome run() {
        try {
            Process process = builder.start();
            feed(process);
            return await(process);
        } catch (IOException e) {
            return new Outcome.NotStarted(String.valueOf(e.getMessage()));
        }
    }

    private void feed(Process process) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            // A program that ends without reading closes the pipe. How it ended tells more than this.
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** The output is read by another thread, since a program can close it late or never. */
    private Outcome await(Process process) throws IOException {
        AtomicReference<String> output = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform().daemon().name("output").start(() -> output.set(read(process)));
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                // Killing closes the stream, and what was not read yet would be lost.
                reader.join(AFTER_THE_END);
            }
            if (!ended || group || reader.isAlive()) {
                kill(process);
                reader.join(AFTER_THE_END);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
        process.getInputStream().close();
        return ended ? new Outcome.Ended(process.exitValue(), output.get()) : new Outcome.Killed(output.get());
    }

    private void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (group) {
            new BoundedRun(AFTER_THE_END, "kill", "-KILL", "--", "-" + process.pid()).run();
        }
    }

    private String read(Process process) {
        try (InputStream out = process.getInputStream()) {
            byte[] first = out.readNBytes(mostOutput);
            out.transferTo(OutputStream.nullOutputStream());
            return ProgramText.of(first);
        } catch (IOException e) {
            // Closed by await(), because another process holds it open.
            return "";
        }
    }
}
