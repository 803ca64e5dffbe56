package dev.ajar.service.backend;

import dev.ajar.keeper.model.ShutdownPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file that a package's scripts make while they restart the service: its ports stay open on the router, and the new
 * version goes on with them. Its place is in a folder of root's alone, so no other user can keep ports open by it.
 *
 * @param place empty for a daemon that no package restarts
 */
record UpgradeMark(Optional<Path> place) {
    private static final String PLACE = "AJAR_UPGRADE_MARK";

    static UpgradeMark of(Map<String, String> environment) {
        return new UpgradeMark(Optional.of(environment.getOrDefault(PLACE, ""))
                .filter(place -> !place.isEmpty())
                .map(Path::of));
    }

    /** @param usual what the daemon does at an end that is no upgrade */
    ShutdownPolicy policy(ShutdownPolicy usual) {
        return place.filter(Files::isRegularFile).isPresent() ? ShutdownPolicy.KEEP_ALL : usual;
    }
}
