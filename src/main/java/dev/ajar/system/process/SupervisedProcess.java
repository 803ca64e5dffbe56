package dev.ajar.system.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this one has started and watches until it ends. Its standard error is this process's. */
public final class SupervisedProcess {
    private static final Duration SIGNAL_TIME = Duration.ofSeconds(2);

    private final Process process;

    private SupervisedProcess(Process process) {
        this.process = process;
    }

    /** Starts a program that has this process's terminal, input and output. */
    public static SupervisedProcess onTerminal(List<String> command) throws IOException {
        return new SupervisedProcess(
                ChildEnvironment.builder(command).inheritIO().start());
    }

    /**
     * Starts a program that reads what is written to {@link #input} and whose output is {@link #output}.
     *
     * @param variables in addition to this process's environment
     */
    public static SupervisedProcess onPipes(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = ChildEnvironment.builder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        return new SupervisedProcess(builder.start());
    }

    /** Starts a program whose output is for no one, such as what a browser tells of itself. */
    public static SupervisedProcess apart(List<String> command) throws IOException {
        return new SupervisedProcess(silent(command).start());
    }

    /** The same in a folder of its own, so that it does not hold the user's, nor what is mounted there. */
    public static SupervisedProcess apart(List<String> command, Path folder) throws IOException {
        return new SupervisedProcess(silent(command).directory(folder.toFile()).start());
    }

    /**
     * Starts a program that goes on when this process ends, and that Ctrl-C does not reach. By a shell, which ends at
     * once: a JVM that halts while it watches a child waits 0.3 s for the thread that does.
     */
    public static void leave(List<String> command, Path folder) throws IOException, InterruptedException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            apart(command, folder);
            return;
        }
        List<String> shell = List.of("/bin/sh", "-c", "\"$@\" &", "sh");
        apart(Stream.concat(shell.stream(), command.stream()).toList(), folder).await();
    }

    private static ProcessBuilder silent(List<String> command) {
        return ChildEnvironment.builder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /** What only looks like a process to the rest of the program. */
    public static SupervisedProcess of(Process process) {
        return new SupervisedProcess(process);
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    public InputStream output() {
        return process.getInputStream();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** @param action called once, on any thread; must not throw */
    public void whenEnded(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    /** @return the exit code; 128 and the signal's number where a signal ended it */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** @return whether it has ended in that time */
    public boolean await(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends a signal, such as {@code TERM}; where there is no {@code kill} program, asks the process to end. */
    public void signal(String name) {
        if (new BoundedRun(SIGNAL_TIME, "kill", "-" + name, Long.toString(process.pid())).run()
                instanceof BoundedRun.Outcome.NotStarted) {
            process.destroy();
        }
    }

    public void kill() {
        process.destroyForcibly();
    }
}
