package dev.ajar.cli;

import dev.ajar.cli.output.Terminal;
import dev.ajar.doctor.Premises;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Progress;
import dev.ajar.model.Result;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * All a command needs from outside.
 *
 * @param actions made for a way of telling progress; a failure when there is nowhere to keep notes
 * @param demo tells the story of the embedded router
 * @param settings what the environment and the configuration file say of an option, by its name
 * @param elsewhere the daemon that has to be asked instead, if there is one
 * @param keeper who renews what is opened, for people; empty when nobody does
 * @param premises this machine and what its router shows to everybody
 * @param life what goes on for longer than a command
 */
public record Surroundings(
        Terminal terminal,
        Function<Progress, Result<Actions>> actions,
        Demo demo,
        ZoneId zone,
        Function<String, Optional<String>> settings,
        Elsewhere elsewhere,
        Optional<String> keeper,
        Premises premises,
        Life life) {
    /** The story of the embedded router. */
    @FunctionalInterface
    public interface Demo {
        /** @return whether everything in it worked */
        boolean tell(Terminal terminal);
    }
}
