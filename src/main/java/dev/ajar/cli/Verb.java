package dev.ajar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command: its grammar, and what it does once it has been parsed. */
interface Verb extends Callable<Integer> {
    /** Adds options, parameters and help to {@code spec}. Called once. */
    void define(CommandSpec spec);

    @Override
    Integer call();
}
