package dev.ajar.state.file;

import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Function;

/** A lock beside the state file, for one thing of which the processes of a state folder do one at a time. */
public final class FolderLock {
    private FolderLock() {}

    /**
     * Takes it without waiting.
     *
     * @param name of the file, which is created where it is missing
     * @param busy says that another process has it; the number is empty where that is not known
     */
    public static Result<StateStore.Lock> take(Path folder, String name, Function<OptionalLong, Message> busy) {
        return new DiskStateFiles(folder).lock(name, busy);
    }
}
