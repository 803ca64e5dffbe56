package dev.ajar.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, with a limit. */
final class Shell {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Shell() {}

    /** What a program left behind. */
    record Outcome(int exitCode, String out, String err, Duration time) {}

    static Outcome run(Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("ajar-it", ".out");
            Path err = Files.createTempFile("ajar-it", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            long start = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running after " + LIMIT + ": " + command);
            }
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            Outcome outcome = new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8),
                    time);
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Outcome run(String... command) {
        return run(Map.of(), Arrays.asList(command));
    }

    static List<String> join(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(rest));
        return all;
    }
}
