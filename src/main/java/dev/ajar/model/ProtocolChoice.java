package dev.ajar.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The protocols a gateway may be asked in.
 *
 * @param keys of the protocols that were named; empty for all that may be used unasked
 */
public record ProtocolChoice(Set<String> keys) {
    public static final ProtocolChoice AUTOMATIC = new ProtocolChoice(Set.of());

    public ProtocolChoice {
        keys = Set.copyOf(keys);
    }

    public static ProtocolChoice only(MappingProtocol... protocols) {
        return new ProtocolChoice(Stream.of(protocols).map(MappingProtocol::key).collect(Collectors.toSet()));
    }

    public boolean isAutomatic() {
        return keys.isEmpty();
    }

    public boolean allows(MappingProtocol protocol) {
        return keys.isEmpty() ? protocol.traits().automatic() : keys.contains(protocol.key());
    }
}
