package dev.ajar.daemon;

import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the relays in a separate process, and starts it again if it ends. */
public interface RelayController {
    /**
     * Relays these rules from now on.
     *
     * @param relayed receives, on any thread, the rules that listen, whenever they have changed; a restart of
     *     the relay process alone is no change
     */
    void want(List<RelayRule> rules, Consumer<Set<RuleKey>> relayed);

    /** Relays what a user has stopped again. */
    void resume();

    /**
     * Accepts no new connections. The relay process ends after its last connection; this method does not wait for it.
     */
    void stop();
}
