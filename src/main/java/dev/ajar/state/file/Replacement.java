package dev.ajar.state.file;

import dev.ajar.system.Pause;
import dev.ajar.system.SystemPause;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Renames a file over another one, at once, on Windows. It refuses that while any process has either of them open:
 * another ajar that reads, or a program against viruses that looks at what is new. They are done in a moment.
 *
 * @param disk renames
 * @param pause between two tries
 * @param tries at most
 */
record Replacement(Disk disk, Pause pause, int tries) {
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int TRIES = 25;

    /** The rename itself. */
    @FunctionalInterface
    interface Disk {
        void rename(Path from, Path to) throws IOException;
    }

    /** On this machine's disk. */
    Replacement() {
        this(SafeFiles::rename, new SystemPause(), TRIES);
    }

    void move(Path from, Path to) throws IOException {
        for (int left = tries; ; left--) {
            try {
                disk.rename(from, to);
                return;
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (left <= 1) {
                    throw e;
                }
                pause.pause(MOMENT);
            }
        }
    }
}
