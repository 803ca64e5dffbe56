package dev.ajar.state.file;

import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The few things the state store does to its folder, so that a test can take the place of the disk. */
interface StateFiles {
    /** Creates the folder where it is missing, or says why it must not be used. */
    Optional<Message> prepare() throws IOException;

    /** Why a file of that name must not be used; empty if it is one of this user's, or does not exist. */
    Optional<Message> objectionTo(String name) throws IOException;

    boolean exists(String name);

    /** @throws java.nio.file.NoSuchFileException if there is none */
    long size(String name) throws IOException;

    /** @throws java.nio.file.NoSuchFileException if there is none */
    byte[] read(String name) throws IOException;

    /**
     * Creates a file that only this user may read.
     *
     * @param unique whether other processes may do the same at the same time
     * @param force whether to wait until it is on the disk
     * @return its name, which ends in {@code .new}
     */
    String write(String name, byte[] bytes, boolean unique, boolean force) throws IOException;

    /** Renames a file over another one, at once. */
    void move(String from, String to) throws IOException;

    /** Deletes a file, if it exists. */
    void delete(String name) throws IOException;

    /** Waits until the renames are on the disk, where the system can do that. */
    void force();

    /**
     * Locks a file that is never renamed; the system ends the lock with the process.
     *
     * @param busy says so of another process that has it, of which the number may be known
     */
    Result<StateStore.Lock> lock(String name, Function<OptionalLong, Message> busy);

    /** Deletes what killed processes left half-written. */
    void sweep();

    /** The path of a file, for people. */
    String path(String name);
}
