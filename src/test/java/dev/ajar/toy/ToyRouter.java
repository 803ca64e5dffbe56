package dev.ajar.toy;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Claim;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A router that speaks the toy protocol, in this process, and what finds it. */
public final class ToyRouter implements GatewayFinder {
    /** What is mapped, and for which claim. */
    final Map<Key, Claim> table = new ConcurrentHashMap<>();

    final Timeline timeline;

    /** The key of a mapping. */
    record Key(TransportProtocol protocol, Port externalPort) {}

    public ToyRouter(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The mapped external ports. */
    public List<Integer> ports() {
        return table.keySet().stream()
                .map(key -> key.externalPort.number())
                .sorted()
                .toList();
    }

    @Override
    public Set<MappingProtocol> methods() {
        return Set.of(ToyProtocol.TOY);
    }

    @Override
    public DiscoveryResult find(SearchScope scope, Deadline deadline) {
        return scope.allows(ToyProtocol.TOY) && scope.gateway().isPresent()
                ? new DiscoveryResult(
                        List.of(new ToyGateway(
                                this, scope.route(), scope.gateway().get())),
                        List.of())
                : DiscoveryResult.NOTHING;
    }
}
