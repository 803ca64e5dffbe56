package dev.ajar.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The machine's own clocks. */
public final class SystemTimeline implements Timeline {
    /** Linux: seconds since the machine was started, asleep or not, with two decimals. */
    private static final Path SINCE_BOOT = Path.of("/proc/uptime");

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime());
    }

    /** {@link System#nanoTime()} stands still while a Linux machine sleeps, so the kernel is asked. */
    @Override
    public Duration elapsed() {
        return sinceBoot().orElseGet(this::uptime);
    }

    private static Optional<Duration> sinceBoot() {
        try {
            String text = Files.readString(SINCE_BOOT, StandardCharsets.US_ASCII);
            double seconds = Double.parseDouble(text.substring(0, text.indexOf(' ')));
            return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
        } catch (IOException | RuntimeException e) {
            // Not Linux, or hidden from this service: then sleep cannot be told.
            return Optional.empty();
        }
    }
}
