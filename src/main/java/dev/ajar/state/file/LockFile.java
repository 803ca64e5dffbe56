package dev.ajar.state.file;

import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Files that are locked, and never renamed; the system ends a lock with its process. */
public final class LockFile {
    private LockFile() {}

    /** The system does not lock this file, as on some network drives. */
    static final class UnlockableException extends IOException {
        private static final long serialVersionUID = 1;

        UnlockableException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Locks a file in a folder that exists, without waiting.
     *
     * @param file by its real path, so that it is the same one however it was named; created where it is missing
     * @return the lock; empty while another process has it, or another part of this one
     */
    public static Optional<StateStore.Lock> take(Path file) throws IOException {
        if (!LocksOfThisJvm.take(file)) {
            return Optional.empty();
        }
        Optional<StateStore.Lock> lock = Optional.empty();
        try {
            lock = open(file);
        } finally {
            if (lock.isEmpty()) {
                LocksOfThisJvm.release(file);
            }
        }
        return lock;
    }

    private static Optional<StateStore.Lock> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                SafeFiles.forOwner(file, "rw-------"));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(() -> {
                    closeQuietly(channel);
                    LocksOfThisJvm.release(file);
                });
            }
        } catch (OverlappingFileLockException e) {
            // Other code of this process has locked it, which counts as busy too.
        } catch (IOException e) {
            closeQuietly(channel);
            throw new UnlockableException(e);
        }
        closeQuietly(channel);
        return Optional.empty();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }
}
