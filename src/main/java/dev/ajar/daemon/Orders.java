package dev.ajar.daemon;

import dev.ajar.keeper.Configuration;
import dev.ajar.relay.RelayRule;

import java.util.List;

/**
 * What the configuration file wants of a daemon.
 *
 * @param mappings to be kept, those of the relays among them
 * @param relays to be carried
 */
public record Orders(Configuration mappings, List<RelayRule> relays) {
    static final Orders NONE = new Orders(Configuration.EMPTY, List.of());

    public Orders {
        relays = List.copyOf(relays);
    }
}
