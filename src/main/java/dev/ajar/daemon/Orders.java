package dev.ajar.daemon;

import dev.ajar.keeper.Configuration;
import dev.ajar.relay.RelayRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The mappings, without those of relays that do not carry: their port may be another program's here. */
    Configuration mappings(Set<String> carried) {
        Set<String> idle = relays.stream()
                .map(RelayRule::name)
                .filter(name -> !carried.contains(name))
                .collect(Collectors.toSet());
        return mappings.where(line -> !idle.contains(name(line)));
    }

    private static String name(Configuration.Line line) {
        return line.mapping().protocol().label() + " " + line.mapping().externalPort();
    }

    /** Only what needs nobody to carry it. */
    public Configuration withoutRelays() {
        return mappings(Set.of());
    }
}
