package dev.ajar.config;

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
public record DaemonConfig(KeptConfiguration mappings, List<RelayRule> relays) {
    public static final DaemonConfig NONE = new DaemonConfig(KeptConfiguration.EMPTY, List.of());

    public DaemonConfig {
        relays = List.copyOf(relays);
    }

    /** The mappings, without those of relays that do not carry: their port may be another program's here. */
    public KeptConfiguration mappings(Set<String> carried) {
        Set<String> idle = relays.stream()
                .map(RelayRule::name)
                .filter(name -> !carried.contains(name))
                .collect(Collectors.toSet());
        return mappings.where(line -> !idle.contains(name(line)));
    }

    private static String name(KeptConfiguration.SourceLine line) {
        return line.mapping().protocol().label() + " " + line.mapping().externalPort();
    }

    /** Only what needs nobody to carry it. */
    public KeptConfiguration withoutRelays() {
        return mappings(Set.of());
    }
}
