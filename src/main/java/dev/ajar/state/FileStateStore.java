package dev.ajar.state;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stores the snapshot in {@code state.json}, and the previous one in {@code state.json.prev}. A new file is written beside
 * the old one, forced to the disk and renamed over it, so that a crash leaves one of the two. PCP nonces are secrets, so
 * other users may not read the file.
 */
public final class FileStateStore implements StateStore {
    private static final String FILE = "state.json";
    private static final String NEW = ".new";
    private static final long LARGEST = 4L << 20;
    private final Path folder;
    private final MappingProtocols protocols;
    private final Consumer<String> warnings;

    /** The ending that the next save renames the present file to, if it must not become the previous one. */
    private Optional<String> setAside = Optional.empty();

    /** Whether this process holds the lock. Closing another channel to the file would drop it (POSIX), so none is opened. */
    private boolean held;

    /**
     * @param protocols whose mappings can be read; others are kept as they are
     * @param warnings receives a sentence when the state file is damaged
     */
    public FileStateStore(Path folder, MappingProtocols protocols, Consumer<String> warnings) {
        this.folder = folder;
        this.protocols = protocols;
        this.warnings = warnings;
    }

    private Path file() {
        return folder.resolve(FILE);
    }

    private Path previous() {
        return folder.resolve(FILE + ".prev");
    }

    @Override
    public Result<Snapshot> load() {
        Optional<Message> objection = objection();
        if (objection.isPresent()) {
            return bad(objection.get());
        }
        try {
            return switch (read(file())) {
                case StateFile.Content.Good(Snapshot snapshot, boolean old) -> {
                    setAside = old ? Optional.of(".old-version") : Optional.empty();
                    yield Result.ok(snapshot);
                }
                case StateFile.Content.Newer(long schema) ->
                    bad(Message.of("state.newer", "file", file(), "schema", schema));
                case StateFile.Content.Damaged(Message why) -> {
                    setAside = Optional.of(".damaged");
                    yield Result.ok(insteadOfDamaged(why));
                }
            };
        } catch (NoSuchFileException e) {
            return Result.ok(previousIfGood().orElse(Snapshot.EMPTY));
        } catch (IOException e) {
            return bad(unreadable(file(), e));
        }
    }

    @Override
    public boolean isMissing() {
        return Files.notExists(file(), LinkOption.NOFOLLOW_LINKS);
    }

    private Optional<Message> objection() {
        for (Path path : new Path[] {file(), previous(), folder.resolve("lock")}) {
            try {
                Optional<Message> why = SafeFiles.objectionTo(path);
                if (why.isPresent()) {
                    return why;
                }
            } catch (IOException e) {
                return Optional.of(unreadable(path, e));
            }
        }
        return Optional.empty();
    }

    private static Message unreadable(Path file, IOException e) {
        return Message.of("state.unreadable", "file", file, "why", SafeFiles.reason(e));
    }

    private StateFile.Content read(Path file) throws IOException {
        return Files.size(file) > LARGEST
                ? new StateFile.Content.Damaged(Message.of("state.too-large"))
                : StateFile.read(Files.readAllBytes(file), protocols);
    }

    private Snapshot insteadOfDamaged(Message why) {
        Optional<Snapshot> earlier = previousIfGood();
        Message warning = earlier.isPresent()
                ? Message.of("state.damaged", "file", file(), "why", why)
                : Message.of("state.damaged-alone", "file", file(), "why", why);
        warnings.accept(warning.toString());
        return earlier.orElse(Snapshot.EMPTY);
    }

    private Optional<Snapshot> previousIfGood() {
        try {
            return read(previous()) instanceof StateFile.Content.Good(Snapshot snapshot, var old)
                    ? Optional.of(snapshot)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        try {
            Optional<Message> objection = prepareFolder().or(this::objection);
            if (objection.isPresent()) {
                return bad(objection.get());
            }
            Path fresh = freshFile();
            try {
                SafeFiles.writeThrough(fresh, StateFile.write(snapshot, protocols));
                keepOld();
                Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                setAside = Optional.empty();
            } finally {
                Files.deleteIfExists(fresh);
            }
            SafeFiles.forceFolder(folder);
            return Result.ok(new Written());
        } catch (IOException e) {
            return notWritable(e);
        }
    }

    /**
     * The file that will replace the present one. Under the lock its name is always the same, so that what a killed process
     * left is replaced by the next one; without the lock, two processes may write at once.
     */
    private Path freshFile() throws IOException {
        if (!held) {
            return Files.createTempFile(folder, FILE, NEW, SafeFiles.forOwner(folder, "rw-------"));
        }
        Path fresh = folder.resolve(FILE + NEW);
        Files.deleteIfExists(fresh);
        return Files.createFile(fresh, SafeFiles.forOwner(folder, "rw-------"));
    }

    /** Deletes what killed processes left in the folder: half-written files, which contain nonces. */
    public void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "{state.json,daemon,events.jsonl}*" + NEW)) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They take a little room and no more; the next daemon tries again.
            return;
        }
    }

    /** Between this rename and the next there is only the previous file, and {@link #load} reads that. */
    private void keepOld() throws IOException {
        if (Files.exists(file(), LinkOption.NOFOLLOW_LINKS)) {
            Path old = folder.resolve(FILE + setAside.orElse(".prev"));
            Files.move(file(), old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Creates the folder, or says why it must not be used. */
    private Optional<Message> prepareFolder() throws IOException {
        SafeFiles.createFolder(folder);
        return SafeFiles.objectionToFolder(folder);
    }

    private <T> Result<T> notWritable(IOException e) {
        return bad(Message.of("state.not-writable", "folder", folder, "why", SafeFiles.reason(e)));
    }

    /** Locks a separate file that is never renamed; the system releases the lock when the process ends. */
    @Override
    public synchronized Result<Lock> lock() {
        Message busy = Message.of("state.busy");
        if (held) {
            return Result.err(new Failure.Busy(busy));
        }
        return lock("lock", busy).map(lock -> {
            held = true;
            return () -> release(lock);
        });
    }

    /** Keeps a second daemon from using the same state file, for the life of this process. */
    public Result<Lock> lockForLife() {
        return lock("daemon.lock", Message.of("state.daemon-busy"));
    }

    private Result<Lock> lock(String name, Message busy) {
        FileChannel channel;
        try {
            Path lock = folder.resolve(name);
            Optional<Message> objection = prepareFolder();
            if (objection.isEmpty()) {
                objection = SafeFiles.objectionTo(lock);
            }
            if (objection.isPresent()) {
                return bad(objection.get());
            }
            channel = FileChannel.open(
                    lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    SafeFiles.forOwner(folder, "rw-------"));
        } catch (IOException e) {
            return notWritable(e);
        }
        return lock(channel, busy);
    }

    private Result<Lock> lock(FileChannel channel, Message busy) {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Result.ok(() -> closeQuietly(channel));
            }
        } catch (OverlappingFileLockException e) {
            // This process holds it already, which counts as busy too.
        } catch (IOException e) {
            closeQuietly(channel);
            return bad(Message.of("state.not-lockable", "folder", folder, "why", SafeFiles.reason(e)));
        }
        closeQuietly(channel);
        return Result.err(new Failure.Busy(busy));
    }

    private synchronized void release(Lock lock) {
        held = false;
        lock.close();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }

    private static <T> Result<T> bad(Message detail) {
        return Result.err(new Failure.BadState(detail));
    }
}
