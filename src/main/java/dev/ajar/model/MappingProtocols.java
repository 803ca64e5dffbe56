package dev.ajar.model;

import java.util.List;
import java.util.Optional;

/** The protocols this ajar speaks, preferred ones first. */
public record MappingProtocols(List<MappingProtocol> all) {
    public MappingProtocols {
        all = all.stream().sorted().toList();
    }

    public Optional<MappingProtocol> of(String key) {
        return all.stream().filter(protocol -> protocol.key().equals(key)).findFirst();
    }

    /** Those of {@code choice}. */
    public List<MappingProtocol> chosen(ProtocolChoice choice) {
        return all.stream().filter(choice::allows).toList();
    }
}
