package dev.ajar.web;

import dev.ajar.message.Message;
import java.util.function.Consumer;

/** Tells a line for people once, until another one follows. */
final class ToldOnce {
    private final Consumer<String> log;
    private String told = "";

    ToldOnce(Consumer<String> log) {
        this.log = log;
    }

    void tell(Message message) {
        String line = message.toString();
        if (!line.equals(told)) {
            log.accept(line);
        }
        told = line;
    }

    /** The next line is told, also if it is the last one. */
    void forget() {
        told = "";
    }
}
