package dev.ajar.daemon;

import dev.ajar.relay.RelayRule;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the relays in a process of its own, which is started again should it end. */
public interface RelayController {
    /**
     * Relays these rules from now on.
     *
     * @param relayed receives, on any thread, the names of the rules that listen, whenever that has changed; not while the
     *     relay process is started again
     */
    void want(List<RelayRule> rules, Consumer<Set<String>> relayed);

    /** No new connections; the relay process ends once its connections have, and the caller does not wait for that. */
    void stop();
}
