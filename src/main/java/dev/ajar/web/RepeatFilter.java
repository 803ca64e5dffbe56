package dev.ajar.web;

import dev.ajar.message.Message;
import java.util.Optional;
import java.util.function.Consumer;

/** Drops a line for people that is the same as the one before. */
final class RepeatFilter {
    private final Consumer<Message> log;
    private Optional<Message> told = Optional.empty();

    RepeatFilter(Consumer<Message> log) {
        this.log = log;
    }

    void tell(Message message) {
        if (!told.equals(Optional.of(message))) {
            log.accept(message);
        }
        told = Optional.of(message);
    }

    /** The next line is told, also if it is the last one. */
    void forget() {
        told = Optional.empty();
    }
}
