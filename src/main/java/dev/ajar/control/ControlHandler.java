package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers what clients ask of a daemon. Called on one of several threads. */
public interface ControlHandler {
    /** Runs a command of the command line. */
    ControlRequest.Response run(ControlRequest request);

    /**
     * The same for a user who sees at once what is told, and can confirm a change on the router itself.
     *
     * @param user is told what to do; called on any thread, before this returns
     */
    default ControlRequest.Response run(ControlRequest request, Consumer<Message> user) {
        return run(request);
    }

    /** The state of the daemon as one JSON document: what {@code ajar watch --once --json} prints. */
    String watch();

    /**
     * Sends the document now, and again whenever it has changed.
     *
     * @param documents returns false once the client is gone; then the call returns
     */
    void follow(Predicate<String> documents) throws InterruptedException;

    /** The names of the other requests it answers. */
    Set<String> requests();

    /**
     * Answers one of {@link #requests}.
     *
     * @return a JSON object
     * @throws JsonException if the request makes no sense
     */
    String answer(String name, JsonObject request) throws InterruptedException;
}
