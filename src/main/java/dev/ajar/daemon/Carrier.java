package dev.ajar.daemon;

import dev.ajar.relay.RelayRule;

import java.util.List;

/** What carries the relays: a process of its own, which is started again should it end. */
public interface Carrier {
    /** From now on these. */
    void want(List<RelayRule> rules);

    /** No more come in; it ends by itself once those that are there are done, and nobody waits for that. */
    void stop();
}
