package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is wanted, held and known, in the hands of the one thread that owns it. */
final class KeeperState {
    private final Map<MappingKey, TrackedMapping> tracked = new LinkedHashMap<>();
    private final List<PendingRemoval> pendingRemovals = new ArrayList<>();
    private final Map<GatewayId, GatewayHealth> watches = new LinkedHashMap<>();

    /** Addresses that gateways had on the internet side, and have no more. */
    private final Map<InetAddress, InetAddress> readdressed = new LinkedHashMap<>();

    /** What makes two wishes the same ({@link DesiredMapping#isSameDesire}). */
    private record MappingKey(
            TransportProtocol protocol,
            Port external,
            Optional<InetAddress> gateway,
            IpVersion ipVersion,
            Owner owner) {
        static MappingKey of(DesiredMapping desired) {
            return new MappingKey(
                    desired.protocol(),
                    desired.externalPort(),
                    desired.selection().gateway(),
                    desired.selection().ipVersion(),
                    desired.owner());
        }
    }

    Collection<TrackedMapping> tracked() {
        return tracked.values();
    }

    List<PendingRemoval> pendingRemovals() {
        return pendingRemovals;
    }

    Map<InetAddress, InetAddress> readdressed() {
        return readdressed;
    }

    Map<GatewayId, GatewayHealth> watches() {
        return watches;
    }

    Optional<TrackedMapping> of(DesiredMapping desired) {
        return Optional.ofNullable(tracked.get(MappingKey.of(desired)));
    }

    /** In the place of what was known of the same wish. */
    void put(TrackedMapping now) {
        tracked.put(MappingKey.of(now.desired()), now);
    }

    void replace(PendingRemoval old, Optional<PendingRemoval> now) {
        pendingRemovals.remove(old);
        now.ifPresent(pendingRemovals::add);
    }

    void replaceAll(Collection<TrackedMapping> others) {
        List<TrackedMapping> copy = List.copyOf(others);
        tracked.clear();
        copy.forEach(this::put);
    }

    /** Those that are open on {@code gateway}. */
    List<TrackedMapping> openOn(GatewayId gateway) {
        return tracked.values().stream().filter(one -> isOpenOn(one, gateway)).toList();
    }

    static boolean isOpenOn(TrackedMapping one, GatewayId gateway) {
        return one.state() instanceof MappingState.Active open
                && open.lease().claim().gateway().equals(gateway);
    }
}
