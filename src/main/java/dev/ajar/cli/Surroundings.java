package dev.ajar.cli;

import dev.ajar.cli.output.Terminal;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Progress;
import dev.ajar.model.Result;

import java.time.ZoneId;
import java.util.function.Function;

/**
 * All a command needs from outside.
 *
 * @param actions made for a way of telling progress; a failure when there is nowhere to keep notes
 * @param demo tells the story of the embedded router
 */
public record Surroundings(
        Terminal terminal, Function<Progress, Result<Actions>> actions, Demo demo, ZoneId zone) {
    /** The story of the embedded router. */
    @FunctionalInterface
    public interface Demo {
        /** @return whether everything in it worked */
        boolean tell(Terminal terminal);
    }
}
