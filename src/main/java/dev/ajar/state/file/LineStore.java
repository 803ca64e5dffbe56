package dev.ajar.state.file;

import dev.ajar.message.Message;
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

    /** Where there is no folder for the file: it is empty, and nothing can be written. */
    LineStore NONE = new LineStore() {
        @Override
        public Result<Long> size() {
            return Result.ok(0L);
        }

        @Override
        public Result<Lines> tail(int most) {
            return Result.ok(new Lines(new byte[0], 0));
        }

        @Override
        public Optional<Failure> append(byte[] line) {
            return Optional.of(new Failure.BadState(Message.of("state.no-home")));
        }

        @Override
        public Optional<Failure> replace(byte[] lines, long size) {
            return append(lines);
        }
    };

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
     * Replaces all lines at once, or nothing on a failure and if the size is no longer {@code size}: then another
     * process has appended.
     */
    Optional<Failure> replace(byte[] lines, long size);
}
