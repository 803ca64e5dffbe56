package dev.ajar.state;

import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.Optional;

/** A file of lines to which several processes append. */
public interface LineStore {
    /**
     * The end of the file.
     *
     * @param bytes whole lines
     * @param size the size of the whole file in bytes
     */
    record Lines(byte[] bytes, long size) {}

    /** Its size in bytes; zero if there is none. */
    Result<Long> size();

    /** Its last lines, of at most {@code most} bytes together; none if there is no file. */
    Result<Lines> tail(int most);

    /**
     * Adds a line.
     *
     * @param line with its line feed
     * @return why it was not added
     */
    Optional<Failure> append(byte[] line);

    /**
     * Replaces all lines at once, or nothing on a failure and if the size is no longer {@code size}: then another process
     * has appended.
     */
    Optional<Failure> replace(byte[] lines, long size);
}
