package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.RouterText;
import java.util.function.Supplier;

/** Protocols by their keys. */
final class ProtocolNames {
    private ProtocolNames() {}

    /** One that only the writer of a document knows is shown by its key, and can do nothing else. */
    static MappingProtocol read(String key, MappingProtocols protocols) {
        return protocols.of(key).orElseGet(unknown(new RouterText(key).display(), protocols));
    }

    private static Supplier<MappingProtocol> unknown(String key, MappingProtocols protocols) {
        return () -> {
            MappingProtocol any =
                    protocols.all().stream().findFirst().orElseThrow(() -> new JsonException("no protocol is known"));
            return new MappingProtocol(key, key, Integer.MAX_VALUE, any.traits(), members -> {
                throw new IllegalArgumentException("the protocol is of another version");
            });
        };
    }
}
