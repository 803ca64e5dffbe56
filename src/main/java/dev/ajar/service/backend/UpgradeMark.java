package dev.ajar.service.backend;

import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.model.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A file that a package's scripts make while they restart the service: its ports stay open on the router, and the new
 * version goes on with them. Its place is in a folder of root's alone, so no other user can keep ports open by it.
 * Scripts that were killed leave it behind, so it counts for a few minutes only.
 *
 * @param place empty for a daemon that no package restarts
 */
record UpgradeMark(Optional<Path> place) {
    private static final String PLACE = "AJAR_UPGRADE_MARK";

    /** Longer than a service manager lets the old version take to end. */
    private static final Duration COUNTS_FOR = Duration.ofMinutes(5);

    static UpgradeMark of(Map<String, String> environment) {
        return new UpgradeMark(Optional.of(environment.getOrDefault(PLACE, ""))
                .filter(place -> !place.isEmpty())
                .map(Path::of));
    }

    /** @param usual what the daemon does at an end that is no upgrade */
    ShutdownPolicy policy(ShutdownPolicy usual, Instant now) {
        return place.filter(file -> isFresh(file, now)).isPresent() ? ShutdownPolicy.KEEP_ALL : usual;
    }

    private static boolean isFresh(Path file, Instant now) {
        try {
            BasicFileAttributes mark = Files.readAttributes(file, BasicFileAttributes.class);
            Duration age = Duration.between(mark.lastModifiedTime().toInstant(), now);
            // The clock may have been set back meanwhile.
            return mark.isRegularFile() && Durations.distance(age).compareTo(COUNTS_FOR) < 0;
        } catch (IOException e) {
            return false;
        }
    }
}
