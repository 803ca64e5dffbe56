package dev.ajar.service;

import java.util.Optional;

/**
 * One mapping in {@code ajar watch}.
 *
 * @param mapping {@code tcp 25565}
 * @param goesTo where its traffic goes; empty while nothing is open
 * @param method how it was opened
 * @param state {@code open}, {@code not open}, {@code closing} or {@code not renewed}
 * @param secondsLeft of the lease; empty for a permanent one
 * @param last the last event, in a few words
 */
public record WatchRow(
        String mapping, String goesTo, String method, String state, Optional<Long> secondsLeft, String last) {
    WatchRow withSecondsLeft(Optional<Long> left) {
        return new WatchRow(mapping, goesTo, method, state, left, last);
    }
}
