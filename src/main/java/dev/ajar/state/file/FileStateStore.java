package dev.ajar.state.file;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Stores the snapshot in {@code state.json}, and a copy of it in {@code state.json.prev}. A new file is written beside
 * the old one, forced to the disk and renamed over it, so that a crash leaves one of the two. The copy has the same
 * contents: an earlier one would bring back what the last write has removed. PCP nonces are secrets, so other users may
 * not read the file.
 */
public final class FileStateStore implements StateStore {
    static final String FILE = "state.json";
    private static final String COPY = "state.json.prev";
    private static final String LOCK = "lock";
    private static final long LARGEST = 4L << 20;
    private final StateFiles files;
    private final Path folder;
    private final MappingProtocols protocols;
    private final BootTime.Clock clock;
    private final Consumer<String> warnings;

    /** Of the file that was last read or written; empty before the first time. */
    private Optional<Envelope> envelope = Optional.empty();

    /** Whether the present file is damaged, so that the next save sets it aside. */
    private boolean damaged;

    /** Whether this store holds the lock, and no process writes beside it. */
    private boolean held;

    /**
     * @param protocols whose mappings can be read; others are kept as they are
     * @param clock tells how far the time of day has jumped since the file was written
     * @param warnings receives a sentence when the state file is damaged
     */
    public FileStateStore(Path folder, MappingProtocols protocols, BootTime.Clock clock, Consumer<String> warnings) {
        this(new DiskStateFiles(folder), folder, protocols, clock, warnings);
    }

    /** Without a clock: a jump of the time of day is not noticed. */
    public FileStateStore(Path folder, MappingProtocols protocols, Consumer<String> warnings) {
        this(folder, protocols, BootTime.Clock.NONE, warnings);
    }

    FileStateStore(
            StateFiles files,
            Path folder,
            MappingProtocols protocols,
            BootTime.Clock clock,
            Consumer<String> warnings) {
        this.files = files;
        this.folder = folder;
        this.protocols = protocols;
        this.clock = clock;
        this.warnings = warnings;
    }

    @Override
    public Result<Snapshot> load() {
        Optional<Message> objection = objection();
        if (objection.isPresent()) {
            return bad(objection.get());
        }
        damaged = false;
        try {
            return switch (read(FILE)) {
                case StateFile.Content.Good good -> Result.ok(accepted(good));
                case StateFile.Content.Newer(long schema) ->
                    bad(Message.of("state.newer", "file", files.path(FILE), "schema", schema));
                case StateFile.Content.Damaged(Message why) -> {
                    damaged = true;
                    yield Result.ok(insteadOfDamaged(why));
                }
            };
        } catch (NoSuchFileException e) {
            return Result.ok(copyIfGood().orElse(Snapshot.EMPTY));
        } catch (IOException e) {
            return bad(unreadable(FILE, e));
        }
    }

    /** Tells nothing and remembers nothing of what it finds. */
    @Override
    public Snapshot peek() {
        try {
            return objection().isEmpty() && read(FILE) instanceof StateFile.Content.Good good
                    ? good.snapshot()
                    : Snapshot.EMPTY;
        } catch (IOException e) {
            return Snapshot.EMPTY;
        }
    }

    /** The moments of the snapshot are told by the time of day as it is now. */
    private Snapshot accepted(StateFile.Content.Good good) {
        envelope = Optional.of(good.envelope());
        return good.envelope()
                .clock()
                .flatMap(earlier -> clock.now().flatMap(now -> BootTime.between(earlier, now)))
                .map(shift -> ClockShift.of(good.snapshot(), shift))
                .orElse(good.snapshot());
    }

    @Override
    public boolean isMissing() {
        return !files.exists(FILE);
    }

    private Optional<Message> objection() {
        for (String name : new String[] {FILE, COPY, LOCK}) {
            try {
                Optional<Message> why = files.objectionTo(name);
                if (why.isPresent()) {
                    return why;
                }
            } catch (IOException e) {
                return Optional.of(unreadable(name, e));
            }
        }
        return Optional.empty();
    }

    private Message unreadable(String name, IOException e) {
        return Message.of("state.unreadable", "file", files.path(name), "why", ErrorText.reason(e));
    }

    private StateFile.Content read(String name) throws IOException {
        return files.size(name) > LARGEST
                ? new StateFile.Content.Damaged(Message.of("state.too-large"))
                : StateFile.read(files.read(name), protocols);
    }

    private Snapshot insteadOfDamaged(Message why) {
        Optional<Snapshot> copy = copyIfGood();
        String file = files.path(FILE);
        Message warning = copy.isPresent()
                ? Message.of("state.damaged", "file", file, "why", why)
                : Message.of("state.damaged-alone", "file", file, "why", why);
        warnings.accept(warning.toString());
        return copy.orElse(Snapshot.EMPTY);
    }

    private Optional<Snapshot> copyIfGood() {
        try {
            return read(COPY) instanceof StateFile.Content.Good good ? Optional.of(accepted(good)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        try {
            Optional<Message> objection = files.prepare().or(this::objection);
            if (objection.isPresent()) {
                return bad(objection.get());
            }
            if (envelope.isEmpty() && load() instanceof Result.Err<Snapshot>(Failure failure)) {
                return Result.err(failure);
            }
            Envelope before = envelope.orElse(Envelope.CURRENT);
            if (!before.mayBeChanged()) {
                return bad(Message.of("state.newer-unchanged", "file", files.path(FILE), "schema", before.schema()));
            }
            replace(snapshot, before);
            return Result.ok(new Written());
        } catch (IOException e) {
            return bad(Message.of("state.not-writable", "folder", folder, "why", ErrorText.reason(e)));
        }
    }

    /** Both files are written before either is renamed, so that a full disk changes nothing. */
    private void replace(Snapshot snapshot, Envelope before) throws IOException {
        Envelope now = before.rewritten(clock.now());
        byte[] bytes = StateFile.write(snapshot, now, protocols);
        // Under the lock the names are always the same, so that what a killed process left is replaced.
        String fresh = files.write(FILE, bytes, !held, true);
        String copy = "";
        boolean done = false;
        try {
            copy = files.write(COPY, bytes, !held, false);
            keepOld(before);
            files.move(fresh, FILE);
            done = true;
            envelope = Optional.of(now);
            damaged = false;
        } finally {
            if (!done) {
                files.delete(fresh);
                deleteIfNamed(copy);
            }
        }
        files.force();
        renameCopy(copy);
    }

    private void deleteIfNamed(String name) throws IOException {
        if (!name.isEmpty()) {
            files.delete(name);
        }
    }

    /** The state is on the disk by now. A copy of an earlier one must not stay beside it. */
    private void renameCopy(String copy) throws IOException {
        try {
            files.move(copy, COPY);
        } catch (IOException e) {
            files.delete(copy);
            files.delete(COPY);
        }
    }

    /** A damaged file is set aside; one of an earlier version is kept for an ajar of that version. */
    private void keepOld(Envelope before) throws IOException {
        if (damaged && files.exists(FILE)) {
            files.move(FILE, FILE + ".damaged");
        } else if (before.isOld() && files.exists(FILE)) {
            String kept = files.write(FILE + ".v" + before.schema(), files.read(FILE), !held, true);
            files.move(kept, FILE + ".v" + before.schema());
        }
    }

    /** Deletes what killed processes left in the folder: half-written files, which contain nonces. */
    public void sweep() {
        files.sweep();
    }

    /** Locks a separate file that is never renamed; the system releases the lock when the process ends. */
    @Override
    public synchronized Result<Lock> lock() {
        if (held) {
            return Result.err(new Failure.Busy(busy(OptionalLong.empty())));
        }
        return files.lock(LOCK, FileStateStore::busy).map(lock -> {
            held = true;
            return () -> release(lock);
        });
    }

    /** A process that waits for a slow router may have it for a minute, and its user is to find it. */
    private static Message busy(OptionalLong holder) {
        return holder.isPresent()
                ? Message.of("state.busy-process", "process", holder.getAsLong())
                : Message.of("state.busy");
    }

    /** Keeps a second daemon from using the same state file, for the life of this process. */
    public Result<Lock> lockForLife() {
        return files.lock("daemon.lock", holder -> Message.of("state.daemon-busy"));
    }

    private synchronized void release(Lock lock) {
        held = false;
        lock.close();
    }

    private static <T> Result<T> bad(Message detail) {
        return Result.err(new Failure.BadState(detail));
    }
}
