package dev.ajar.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.util.concurrent.Callable;

/** A command: its grammar, and what it does once it has been parsed. */
interface Verb extends Callable<Integer> {
    /** Adds options, parameters and help to {@code spec}. Called once. */
    void define(CommandSpec spec);

    /** Whether all behind the first word that is no option belongs to somebody else. */
    default boolean stopsAtCommand() {
        return false;
    }

    @Override
    Integer call();
}
