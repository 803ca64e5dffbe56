package dev.ajar.state.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether the state file has been written since the last question, by any process. One thread at a time may ask. */
public final class FileWatch implements BooleanSupplier {
    private final Path file;
    private Optional<FileTime> seen = Optional.empty();

    /** @param folder of the state file */
    public FileWatch(Path folder) {
        this.file = folder.resolve(FileStateStore.FILE);
    }

    @Override
    public boolean getAsBoolean() {
        try {
            Optional<FileTime> now = Optional.of(Files.getLastModifiedTime(file));
            boolean written = !seen.equals(now);
            seen = now;
            return written;
        } catch (IOException e) {
            return false;
        }
    }
}
