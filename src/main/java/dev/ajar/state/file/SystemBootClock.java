package dev.ajar.state.file;

import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The clocks of a Linux machine; elsewhere a clock that tells nothing. */
public final class SystemBootClock implements BootTime.Clock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Timeline timeline;

    public SystemBootClock(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public Optional<BootTime> now() {
        try {
            String boot = Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
            return Optional.of(new BootTime(boot, timeline.elapsed(), timeline.instant()));
        } catch (IOException e) {
            // Not Linux, or hidden from this service.
            return Optional.empty();
        }
    }
}
