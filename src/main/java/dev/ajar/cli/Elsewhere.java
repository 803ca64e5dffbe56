package dev.ajar.cli;

import dev.ajar.control.Errand;

import java.util.List;
import java.util.Optional;

/** A daemon that keeps the same notes, and so has to do what changes them. */
@FunctionalInterface
public interface Elsewhere {
    Elsewhere NOBODY = (arguments, colour, unicode) -> Optional.empty();

    /** @return empty where there is none, so that the command has to be carried out here */
    Optional<Errand.Done> ask(List<String> arguments, boolean colour, boolean unicode);
}
