package dev.ajar.state.file;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The state file of this machine, and a copy of each version of it elsewhere, for a process on another machine that
 * follows this one. The copy is made before a router is asked, as the file is; where it cannot be made, the file is
 * enough.
 */
public final class CopiedStateStore implements StateStore {
    private final StateStore file;
    private final Path folder;
    private final Copy copy;
    private final Consumer<Message> told;
    private boolean isCopied = true;

    /** Where the copy goes. */
    @FunctionalInterface
    public interface Copy {
        /** @throws IOException if it cannot be made */
        void write(byte[] state) throws IOException;
    }

    /**
     * @param file the store of the state file in {@code folder}
     * @param told receives a sentence when the copy cannot be made, once until it can be again
     */
    public CopiedStateStore(StateStore file, Path folder, Copy copy, Consumer<Message> told) {
        this.file = file;
        this.folder = folder;
        this.copy = copy;
        this.told = told;
    }

    /** Whether there is a state file in that folder. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FileStateStore.FILE));
    }

    /**
     * Puts a copy in the place of the state file, before a store reads it.
     *
     * @throws IOException if it cannot be written
     */
    public static void restore(Path folder, byte[] state) throws IOException {
        SafeFiles.createFolder(folder);
        DiskStateFiles files = new DiskStateFiles(folder);
        String fresh = files.write(FileStateStore.FILE, state, true, true);
        files.move(fresh, FileStateStore.FILE);
        files.force();
    }

    @Override
    public Result<Snapshot> load() {
        return file.load();
    }

    @Override
    public boolean isMissing() {
        return file.isMissing();
    }

    @Override
    public synchronized Result<Written> save(Snapshot snapshot) {
        Result<Written> saved = file.save(snapshot);
        if (saved instanceof Result.Ok) {
            try {
                copy.write(Files.readAllBytes(folder.resolve(FileStateStore.FILE)));
                isCopied = true;
            } catch (IOException e) {
                if (isCopied) {
                    told.accept(Message.of("kubernetes.no-copy", "why", ErrorText.reason(e)));
                }
                isCopied = false;
            }
        }
        return saved;
    }

    @Override
    public Result<Lock> lock() {
        return file.lock();
    }
}
