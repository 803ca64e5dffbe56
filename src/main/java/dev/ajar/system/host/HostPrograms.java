package dev.ajar.system.host;

import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SystemProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs the system's own programs. What they print is empty where they could not be run to a good end, or print more
 * than a machine has.
 */
record HostPrograms(Duration limit) implements Function<List<String>, Optional<String>> {
    private static final int MOST = 16 << 20;

    @Override
    public Optional<String> apply(List<String> command) {
        return new BoundedRun(limit, SystemProgram.command(command))
                                        .capturing(MOST)
                                        .run()
                                instanceof BoundedRun.Outcome.Ended(int exitCode, String output)
                        && exitCode == 0
                        && output.length() < MOST / 2
                ? Optional.of(output)
                : Optional.empty();
    }
}
