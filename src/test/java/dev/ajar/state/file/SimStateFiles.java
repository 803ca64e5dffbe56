package dev.ajar.state.file;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** A folder that several processes share, on a disk that may be full or read-only, and on which they may be killed. */
final class SimStateFiles implements StateFiles {
    /** The process is killed, in the middle of a write or between two steps. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    enum Disk {
        GOOD,
        FULL,
        READ_ONLY,
        NO_RENAME
    }

    final Map<String, byte[]> files = new TreeMap<>();
    private final Random random;
    private boolean locked;
    Disk disk = Disk.GOOD;

    /** The number of changes after which the process is killed; negative for never. */
    int killedAfter = -1;

    SimStateFiles(Random random) {
        this.random = random;
    }

    /** The system ends the locks of a killed process. */
    void processEnded() {
        locked = false;
        killedAfter = -1;
    }

    private void change(Disk... refusing) throws IOException {
        if (Arrays.asList(refusing).contains(disk)) {
            throw new IOException("the disk is " + disk);
        }
        if (killedAfter == 0) {
            throw new Killed();
        }
        killedAfter--;
    }

    @Override
    public Optional<Message> prepare() {
        return Optional.empty();
    }

    @Override
    public Optional<Message> objectionTo(String name) {
        return Optional.empty();
    }

    @Override
    public boolean exists(String name) {
        return files.containsKey(name);
    }

    @Override
    public long size(String name) throws IOException {
        return read(name).length;
    }

    @Override
    public byte[] read(String name) throws IOException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return bytes.clone();
    }

    @Override
    public String write(String name, byte[] bytes, boolean unique, boolean force) throws IOException {
        String fresh = name + (unique ? random.nextInt(1000) : "") + ".new";
        try {
            change(Disk.READ_ONLY, Disk.FULL);
        } catch (Killed e) {
            files.put(fresh, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            throw e;
        }
        files.put(fresh, bytes.clone());
        return fresh;
    }

    @Override
    public void move(String from, String to) throws IOException {
        change(Disk.READ_ONLY, Disk.NO_RENAME);
        byte[] bytes = files.remove(from);
        if (bytes == null) {
            throw new NoSuchFileException(from);
        }
        files.put(to, bytes);
    }

    @Override
    public void delete(String name) throws IOException {
        change(Disk.READ_ONLY);
        files.remove(name);
    }

    @Override
    public void force() {}

    @Override
    public Result<StateStore.Lock> lock(String name, Function<OptionalLong, Message> busy) {
        if (locked) {
            return Result.err(new Failure.Busy(busy.apply(OptionalLong.empty())));
        }
        locked = true;
        return Result.ok(() -> locked = false);
    }

    @Override
    public void sweep() {
        files.keySet().removeIf(name -> name.endsWith(".new"));
    }

    @Override
    public String path(String name) {
        return name;
    }
}
