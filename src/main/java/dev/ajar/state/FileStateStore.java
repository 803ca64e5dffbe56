package dev.ajar.state;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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
 * {@code state.json} in a folder of its own, and the one before it in {@code state.json.prev}. A new file is written
 * beside the old one, forced to the disk and renamed over it, so that a crash leaves one or the other. The nonces in it
 * are keys, so nobody else may read it.
 */
public final class FileStateStore implements StateStore {
    private static final String FILE = "state.json";
    private static final long LARGEST = 4L << 20;
    private static final String PASSING = "another ajar is opening or closing ports right now";

    private final Path folder;
    private final Consumer<String> warnings;

    /** What the file in its place is not to become the previous one as: its new ending. */
    private Optional<String> setAside = Optional.empty();

    /** Closing any other channel to the same file would drop the lock (POSIX), so none is opened while it is held. */
    private boolean held;

    public FileStateStore(Path folder) {
        this(folder, warning -> {});
    }

    /** @param warnings told, in a sentence, when the notes were damaged and what was used instead */
    public FileStateStore(Path folder, Consumer<String> warnings) {
        this.folder = folder;
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
        Optional<Failure> objection = objection();
        if (objection.isPresent()) {
            return Result.err(objection.get());
        }
        try {
            return switch (read(file())) {
                case StateFile.Content.Good(Snapshot snapshot, boolean old) -> {
                    setAside = old ? Optional.of(".old-version") : Optional.empty();
                    yield Result.ok(snapshot);
                }
                case StateFile.Content.Newer(long schema) ->
                    bad(file() + " was written by a newer ajar (schema " + schema + "), so this one leaves it alone");
                case StateFile.Content.Damaged(String reason) -> {
                    setAside = Optional.of(".damaged");
                    yield Result.ok(insteadOfDamaged(reason));
                }
            };
        } catch (NoSuchFileException e) {
            return Result.ok(previousIfGood().orElse(Snapshot.EMPTY));
        } catch (IOException e) {
            return bad(file() + " cannot be read" + SafeFiles.reason(e));
        }
    }

    private Optional<Failure> objection() {
        for (Path path : new Path[] {file(), previous(), folder.resolve("lock")}) {
            try {
                Optional<String> why = SafeFiles.objectionTo(path);
                if (why.isPresent()) {
                    return Optional.of(new Failure.BadState(
                            Message.verbatim(path + " " + why.get() + ", so ajar leaves it alone")));
                }
            } catch (IOException e) {
                return Optional.of(
                        new Failure.BadState(Message.verbatim(path + " cannot be read" + SafeFiles.reason(e))));
            }
        }
        return Optional.empty();
    }

    private static StateFile.Content read(Path file) throws IOException {
        return Files.size(file) > LARGEST
                ? new StateFile.Content.Damaged("it is far too large to be ajar's notes")
                : StateFile.read(Files.readAllBytes(file));
    }

    private Snapshot insteadOfDamaged(String reason) {
        Optional<Snapshot> earlier = previousIfGood();
        warnings.accept(file()
                + " is damaged ("
                + reason
                + "), so ajar goes on with "
                + (earlier.isPresent()
                        ? "the notes before it"
                        : "empty notes and no longer knows which ports it opened"));
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
            prepareFolder();
            Optional<Failure> objection = objection();
            if (objection.isPresent()) {
                return Result.err(objection.get());
            }
            Path fresh = Files.createTempFile(folder, FILE, ".new", SafeFiles.forOwner(folder, "rw-------"));
            try {
                SafeFiles.writeThrough(fresh, StateFile.write(snapshot));
                keepOld();
                Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                setAside = Optional.empty();
            } finally {
                Files.deleteIfExists(fresh);
            }
            SafeFiles.forceFolder(folder);
            return Result.ok(new Written());
        } catch (IOException e) {
            return bad("ajar cannot write its notes to " + folder + SafeFiles.reason(e));
        }
    }

    /** Between the two renames there is only the previous file, and that is what is read then. */
    private void keepOld() throws IOException {
        if (Files.exists(file(), LinkOption.NOFOLLOW_LINKS)) {
            Path there = folder.resolve(FILE + setAside.orElse(".prev"));
            Files.move(file(), there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void prepareFolder() throws IOException {
        SafeFiles.createFolder(folder);
        Optional<String> why = SafeFiles.objectionToFolder(folder);
        if (why.isPresent()) {
            throw new FolderException(why.get());
        }
    }

    /** A folder that is not ours. */
    private static final class FolderException extends IOException {
        private static final long serialVersionUID = 1;

        FolderException(String why) {
            super("that folder " + why);
        }
    }

    /** The lock is on a file of its own that is never renamed; the system drops it when the process ends. */
    @Override
    public synchronized Result<Lock> lock() {
        if (held) {
            return busy(PASSING);
        }
        return lock("lock", PASSING).map(lock -> {
            held = true;
            return () -> release(lock);
        });
    }

    /** Keeps another daemon from looking after the same notes, as long as this process lives. */
    public Result<Lock> lockForLife() {
        return lock("daemon.lock", "another ajar daemon looks after these notes already");
    }

    private Result<Lock> lock(String name, String busy) {
        FileChannel channel;
        try {
            prepareFolder();
            Path lock = folder.resolve(name);
            Optional<String> why = SafeFiles.objectionTo(lock);
            if (why.isPresent()) {
                return bad(lock + " " + why.get() + ", so ajar leaves it alone");
            }
            channel = FileChannel.open(
                    lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    SafeFiles.forOwner(folder, "rw-------"));
        } catch (IOException e) {
            return bad("ajar cannot write its notes to " + folder + SafeFiles.reason(e));
        }
        return lock(channel, busy);
    }

    private Result<Lock> lock(FileChannel channel, String busy) {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Result.ok(() -> closeQuietly(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: as good as held by another.
        } catch (IOException e) {
            closeQuietly(channel);
            return bad("ajar cannot lock its notes in " + folder + SafeFiles.reason(e));
        }
        closeQuietly(channel);
        return busy(busy);
    }

    private static Result<Lock> busy(String detail) {
        return Result.err(new Failure.Busy(Message.verbatim(detail)));
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

    private static <T> Result<T> bad(String detail) {
        return Result.err(new Failure.BadState(Message.verbatim(detail)));
    }
}
