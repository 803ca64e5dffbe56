package dev.ajar.app;

import dev.ajar.gateway.GatewayFinder;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A package of protocols as the wiring knows it.
 *
 * @param finder makes what searches for gateways that speak them
 * @param agreed whether its owner has agreed, in a setting, to its use where no other of all protocols opens a port
 */
public record ProtocolPlugin(
        List<MappingProtocol> protocols, Function<Wiring, GatewayFinder> finder, Predicate<MappingProtocols> agreed) {
    public ProtocolPlugin {
        protocols = List.copyOf(protocols);
    }

    /** One that is used unasked, or else only where the user names it. */
    ProtocolPlugin(List<MappingProtocol> protocols, Function<Wiring, GatewayFinder> finder) {
        this(protocols, finder, all -> false);
    }
}
