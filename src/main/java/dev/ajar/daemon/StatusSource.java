package dev.ajar.daemon;

import java.util.function.Predicate;

/** The state of the daemon as its clients see it, on any thread, without waiting for the daemon's own. */
public interface StatusSource {
    /** Takes over the keeper's state. Called on the daemon's thread after every pass. */
    void publish();

    /** The document of {@code ajar watch --once --json}. */
    String document();

    /** Hands out the document now and after every change, until {@code client} returns false. */
    void follow(Predicate<String> client) throws InterruptedException;
}
