package dev.ajar.daemon;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import java.util.Set;

/** Answers the requests of clients with documents ({@code docs/control.md}). */
public interface PortRequests {
    /** The names of the requests it answers. */
    Set<String> names();

    /**
     * Answers a request, on the client's thread.
     *
     * @param threads do what talks to a router
     * @return a JSON object
     * @throws JsonException if the request makes no sense
     */
    String answer(String name, JsonObject request, CommandThreads threads) throws InterruptedException;
}
