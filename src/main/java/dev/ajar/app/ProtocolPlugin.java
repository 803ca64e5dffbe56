package dev.ajar.app;

import dev.ajar.gateway.GatewayFinder;
import dev.ajar.model.MappingProtocol;
import java.util.List;
import java.util.function.Function;

/**
 * A package of protocols as the wiring knows it.
 *
 * @param finder makes what searches for gateways that speak them
 */
public record ProtocolPlugin(List<MappingProtocol> protocols, Function<Wiring, GatewayFinder> finder) {
    public ProtocolPlugin {
        protocols = List.copyOf(protocols);
    }
}
