package dev.ajar.state.file;

import java.nio.file.Path;

/**
 * The lock files that this JVM has open, by their real paths. On POSIX systems a process loses its lock on a file when
 * it closes any channel to that file, so a second store of the process must not even open it.
 *
 * <p>They are in the system properties, which are the JVM's own and the same for all class loaders: two plugins of a
 * game server may each have their own ajar, and a static field of this class would be there twice.
 */
final class LocksOfThisJvm {
    private static final String PREFIX = "dev.ajar.locked.";

    private LocksOfThisJvm() {}

    /** @return whether it was free until now */
    static boolean take(Path file) {
        return System.getProperties().putIfAbsent(PREFIX + file, "true") == null;
    }

    /** Once no channel to the file is open any more. */
    static void release(Path file) {
        System.getProperties().remove(PREFIX + file);
    }
}
