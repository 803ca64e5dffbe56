package dev.ajar.state.file;

import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/** Files that are locked, and never renamed; the system ends a lock with its process. */
public final class LockFile {
    private static final int MOST_BYTES = 16;

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
        return take(file, process -> {});
    }

    /** @param holder is told which other process has it, where that can be read */
    static Optional<StateStore.Lock> take(Path file, LongConsumer holder) throws IOException {
        if (!LocksOfThisJvm.take(file)) {
            return Optional.empty();
        }
        Optional<StateStore.Lock> lock = Optional.empty();
        try {
            lock = open(file, holder);
        } finally {
            if (lock.isEmpty()) {
                LocksOfThisJvm.release(file);
            }
        }
        return lock;
    }

    private static Optional<StateStore.Lock> open(Path file, LongConsumer holder) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                SafeFiles.forOwner(file, "rw-------"));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                sign(channel);
                return Optional.of(() -> {
                    closeQuietly(channel);
                    LocksOfThisJvm.release(file);
                });
            }
            // Through the same channel: closing another one would end a lock that this process has.
            signature(channel).ifPresent(holder);
        } catch (OverlappingFileLockException e) {
            // Other code of this process has locked it, which counts as busy too.
        } catch (IOException e) {
            closeQuietly(channel);
            throw new UnlockableException(e);
        }
        closeQuietly(channel);
        return Optional.empty();
    }

    /** Writes down which process has it, for those that have to wait. On a full disk they are not told. */
    private static void sign(FileChannel channel) {
        try {
            byte[] signature = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(signature));
        } catch (IOException e) {
            return;
        }
    }

    /** The process that locked the file last; empty where that cannot be read, as on Windows while it is locked. */
    private static OptionalLong signature(FileChannel channel) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            channel.read(bytes, 0);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
            return text.matches("[1-9][0-9]{0,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }
}
