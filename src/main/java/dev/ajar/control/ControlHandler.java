package dev.ajar.control;

import java.util.function.Predicate;

/** Answers what clients ask of a daemon. Called on one of several threads. */
public interface ControlHandler {
    /** Runs a command of the command line. */
    ControlRequest.Response run(ControlRequest request);

    /** The state of the daemon as one JSON document: what {@code ajar watch --once --json} prints. */
    String watch();

    /**
     * Sends the document now, and again whenever it has changed.
     *
     * @param documents returns false once the client is gone; then the call returns
     */
    void follow(Predicate<String> documents) throws InterruptedException;
}
