package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * {@code state.json} in a folder of its own. A new file is written beside the old one, forced to the disk and renamed
 * over it, so that a crash leaves one or the other. The nonces in it are keys, so nobody else may read it.
 */
public final class FileStateStore implements StateStore {
    private static final String FILE = "state.json";
    private static final long LARGEST = 1 << 20;

    private final Path folder;

    public FileStateStore(Path folder) {
        this.folder = folder;
    }

    private Path file() {
        return folder.resolve(FILE);
    }

    @Override
    public Result<Snapshot> load() {
        Path file = file();
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return bad(file + " is not a plain file, so ajar leaves it alone");
            }
            if (attributes.size() > LARGEST) {
                return bad(file + " is far too large to be ajar's notes");
            }
            return Result.ok(SnapshotJson.read(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Result.ok(Snapshot.EMPTY);
        } catch (JsonException e) {
            return bad(file + " is damaged: " + e.getMessage());
        } catch (IOException e) {
            return bad(file + " cannot be read" + reason(e));
        }
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        try {
            prepareFolder();
            Path file = file();
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return bad(file + " is not a plain file, so ajar leaves it alone");
            }
            Path fresh = Files.createTempFile(folder, FILE, ".new", ownerOnly("rw-------"));
            try {
                writeThrough(fresh, SnapshotJson.write(snapshot));
                Files.move(
                        fresh,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            forceFolder();
            return Result.ok(new Written());
        } catch (IOException e) {
            return bad("ajar cannot write its notes to " + folder + reason(e));
        }
    }

    private void prepareFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
        }
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** The rename itself is only safe once the folder is on the disk. Systems that cannot do this do it by themselves. */
    private void forceFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** The lock is on a file of its own that is never renamed; the system drops it when the process ends. */
    @Override
    public Result<Lock> lock() {
        FileChannel channel;
        try {
            prepareFolder();
            channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            ownerOnly("rw-------"));
        } catch (IOException e) {
            return bad("ajar cannot write its notes to " + folder + reason(e));
        }
        return lock(channel);
    }

    private Result<Lock> lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Result.ok(() -> closeQuietly(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: as good as held by another.
        } catch (IOException e) {
            closeQuietly(channel);
            return bad("ajar cannot lock its notes in " + folder + reason(e));
        }
        closeQuietly(channel);
        return Result.err(new Failure.Busy("another ajar is opening or closing ports right now"));
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }

    private static <T> Result<T> bad(String detail) {
        return Result.err(new Failure.BadState(detail));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException ignored -> ": permission denied";
            case FileSystemException f when f.getReason() != null -> ": " + f.getReason();
            default ->
                    ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    }
}
