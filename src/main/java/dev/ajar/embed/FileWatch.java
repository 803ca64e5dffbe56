package dev.ajar.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether a file has been written since the last question. One thread at a time may ask. */
public final class FileWatch implements BooleanSupplier {
    private final Path file;
    private Optional<FileTime> seen = Optional.empty();

    public FileWatch(Path file) {
        this.file = file;
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
