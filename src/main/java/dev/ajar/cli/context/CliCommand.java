package dev.ajar.cli.context;

import dev.ajar.syntax.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: its grammar, and what it does once it has been parsed. */
public interface CliCommand extends Callable<Integer> {
    /** Adds options, parameters and help to {@code spec}. Called once. */
    void define(CommandSpec spec);

    /**
     * Begins what takes a while, while the grammar is built. Only of the command that the user named; what it does is
     * only read.
     */
    default void begin() {}

    /** Whether all words behind the first that is not an option belong to another program. */
    default boolean stopsAtCommand() {
        return false;
    }

    /** @throws InvalidInputException if the input makes no sense; then nothing has been done */
    @Override
    Integer call() throws InvalidInputException;
}
