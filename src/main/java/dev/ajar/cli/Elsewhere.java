package dev.ajar.cli;

import dev.ajar.cli.output.Terminal;
import dev.ajar.control.Errand;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;
import java.util.Optional;

/** A daemon that keeps the same notes, and so has to do what changes them. */
@FunctionalInterface
public interface Elsewhere {
    Elsewhere NOBODY = (arguments, colour, unicode) -> Optional.empty();

    /** @return empty where there is none, so that the command has to be carried out here */
    Optional<Errand.Done> ask(List<String> arguments, boolean colour, boolean unicode);

    /**
     * Has the command that was typed carried out there, and tells what came of it.
     *
     * @return its exit code; empty where there is nobody to ask
     */
    default Optional<Integer> carryOut(CommandSpec typed, Terminal terminal) {
        List<String> arguments = typed.root().commandLine().getParseResult().originalArgs();
        return ask(arguments, terminal.colour(), terminal.unicode())
                .map(
                        done -> {
                            terminal.out().print(done.out());
                            terminal.err().print(done.err());
                            return done.exitCode();
                        });
    }
}
