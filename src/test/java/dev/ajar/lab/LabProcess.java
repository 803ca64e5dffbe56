package dev.ajar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** ajar on a LAN host, running for a while, with what it prints in a file. */
final class LabProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private LabProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static LabProcess start(String host, Path stateFolder, Map<String, String> more, String... arguments) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("XDG_STATE_HOME", stateFolder.resolve(host).toString());
        return program(host, environment, Shell.join(List.of(Lab.program()), arguments));
    }

    /** Any program. */
    static LabProcess program(String host, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("ajar-it", ".log");
            ProcessBuilder builder = new ProcessBuilder(Lab.inside(host, command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().remove("XDG_RUNTIME_DIR");
            builder.environment().putAll(environment);
            return new LabProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that only listens. */
    static LabProcess server(String host, String address, int port) {
        return ready(host, Lab.peer("wait", "tcp", address, Integer.toString(port)));
    }

    /** The provider's end of {@code up vpn-natpmp}, which grants every mapping for a minute. */
    static LabProcess vpn() {
        return ready("vpn", Lab.java(VpnPeer.class, Lab.VPN));
    }

    /** A program that says {@code ready} when it is. */
    private static LabProcess ready(String host, List<String> command) {
        try {
            Path output = Files.createTempFile("ajar-it", ".log");
            Process process = new ProcessBuilder(Lab.inside(host, command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new LabProcess(process, output).await("ready", InLab.SOON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    LabProcess await(String text, Duration limit) {
        until(() -> output().contains(text), limit, text + " in " + output());
        return this;
    }

    /** How long it took. */
    static Duration until(BooleanSupplier condition, Duration limit, String what) {
        long begin = System.nanoTime();
        Awaitility.await(what)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .until(condition::getAsBoolean);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    void signal(String name) {
        Shell.run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Its exit code. */
    int end(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + ": " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends the program and all that it started: a child left behind would run until the machine is switched off. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
