package dev.ajar.cli.render;

import java.util.Optional;

/**
 * One row of {@code ajar watch}: a mapping that a keeper keeps open, or one of the state file that none does.
 *
 * @param mapping {@code tcp 25565}
 * @param goesTo where its traffic goes; empty while nothing is open
 * @param method how it was opened
 * @param state {@code open}, {@code not open}, {@code closing} or {@code not renewed}
 * @param secondsLeft of its lease; empty for one without an end
 * @param last what happened last, in a few words
 */
public record WatchRow(
        String mapping, String goesTo, String method, String state, Optional<Long> secondsLeft, String last) {}
