package dev.ajar.daemon;

import dev.ajar.relay.RelayRule;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What carries the relays: a process of its own, which is started again should it end. */
public interface RelayController {
    /**
     * From now on these.
     *
     * @param carried told, on any thread, the names of those that are at work, whenever that has changed; not when it has
     *     to be started again
     */
    void want(List<RelayRule> rules, Consumer<Set<String>> carried);

    /** No more come in; it ends by itself once those that are there are done, and nobody waits for that. */
    void stop();
}
