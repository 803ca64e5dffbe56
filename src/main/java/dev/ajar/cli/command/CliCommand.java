package dev.ajar.cli.command;

import dev.ajar.syntax.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: its grammar, and what it does once it has been parsed. */
public interface CliCommand extends Callable<Integer> {
    /** Adds options, parameters and help to {@code spec}. Called once. */
    void define(CommandSpec spec);

    /** Whether all behind the first word that is no option belongs to somebody else. */
    default boolean stopsAtCommand() {
        return false;
    }

    /** @throws BadInput where what was typed makes no sense; nothing has been done then */
    @Override
    Integer call() throws InvalidInputException;
}
