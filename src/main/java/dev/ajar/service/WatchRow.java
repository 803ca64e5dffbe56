package dev.ajar.service;

import dev.ajar.message.Message;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One mapping in {@code ajar watch}.
 *
 * @param mapping {@code tcp 25565}
 * @param goesTo where its traffic goes; empty while nothing is open
 * @param method how it was opened
 * @param secondsLeft of the lease; empty for a permanent one
 * @param last the last event, in a few words
 * @param checkedAt when the gateway last granted it or showed it
 * @param container the name of the container that asks for it
 */
public record WatchRow(
        String mapping,
        String goesTo,
        String method,
        State state,
        Optional<Long> secondsLeft,
        Message last,
        Optional<Instant> checkedAt,
        Optional<String> container) {
    /** Of an owner that is no container. */
    public WatchRow(
            String mapping,
            String goesTo,
            String method,
            State state,
            Optional<Long> secondsLeft,
            Message last,
            Optional<Instant> checkedAt) {
        this(mapping, goesTo, method, state, secondsLeft, last, checkedAt, Optional.empty());
    }

    /** How a mapping stands. */
    public enum State {
        OPEN,
        NOT_OPEN,
        /** It is to be removed, and the router has not answered yet. */
        CLOSING,
        /** It is open until its lease ends. */
        NOT_RENEWED;

        /** Its name in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Nothing is known to have happened to it. */
    public static final Message NOTHING = Message.verbatim("");

    public WatchRow withSecondsLeft(Optional<Long> left) {
        return new WatchRow(mapping, goesTo, method, state, left, last, checkedAt, container);
    }

    /** Without the times that pass although nothing happens. */
    public WatchRow withoutTimes() {
        return new WatchRow(mapping, goesTo, method, state, Optional.empty(), last, Optional.empty(), container);
    }
}
