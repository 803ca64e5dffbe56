package dev.ajar.system.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
        return new SupervisedProcess(ChildEnvironment.builder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
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
