package dev.ajar.gateway.admin;

import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A port-forwarding rule as the router listed it; any user or program may have made it.
 *
 * @param key identifies it in the router: an id, a name or its position; never empty, because some routers delete all
 *     rules when the key is missing
 * @param client where it leads; normally an address, but the router may write any text
 * @param internalPort the first port inside; empty where the rule has none, which means the external one
 * @param source the addresses that may connect; empty for all
 * @param name its description
 */
public record RouterRule(
        String key,
        Set<TransportProtocol> protocols,
        PortSpan external,
        RouterText client,
        Optional<PortSpan> internalPort,
        RouterText source,
        RouterText name,
        boolean enabled) {
    public RouterRule {
        protocols = Set.copyOf(protocols);
        if (key.isBlank()) {
            throw new IllegalArgumentException("a rule without a key");
        }
    }

    /** Whether it takes connections to that port. */
    public boolean takes(TransportProtocol protocol, Port port) {
        return protocols.contains(protocol) && external.contains(port.number());
    }

    /** Whether it forwards exactly that port to that place. */
    public boolean forwards(TransportProtocol protocol, Port port, Endpoint internal) {
        return protocols.equals(Set.of(protocol))
                && external.single().equals(Optional.of(port.number()))
                && client.raw().strip().equals(internal.address().getHostAddress())
                && internalPort
                        .orElse(external)
                        .single()
                        .equals(Optional.of(internal.port().number()));
    }

    /** Whether {@code other} is this rule, whatever key it has now. */
    public boolean isSame(RouterRule other) {
        return name.equals(other.name)
                && client.equals(other.client)
                && protocols.equals(other.protocols)
                && external.equals(other.external)
                && internalPort.equals(other.internalPort);
    }

    /** Its entries as a table of mappings shows them: one for each protocol and range. */
    List<ObservedMapping> observed() {
        return protocols.stream()
                .sorted()
                .flatMap(protocol -> external.ranges().stream().map(range -> observed(protocol, range.first())))
                .toList();
    }

    /** Its entry for one port. */
    ObservedMapping observed(TransportProtocol protocol, int port) {
        int inside = internalPort.map(span -> inside(span, port)).orElse(port);
        return new ObservedMapping(
                protocol,
                new Port(port),
                client,
                new Port(inside),
                source,
                name,
                enabled,
                Optional.of(LeaseDuration.PERMANENT));
    }

    private int inside(PortSpan span, int port) {
        int start = external.ranges().getFirst().first();
        int shifted = span.ranges().getFirst().first() + Math.max(0, port - start);
        return span.single().isPresent() && external.single().isPresent()
                ? span.ranges().getFirst().first()
                : Math.min(shifted, 65535);
    }
}
