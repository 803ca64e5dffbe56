package dev.ajar.keeper.model;

import dev.ajar.model.GatewayId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an observation changes in a keeper's state.
 *
 * @param tracked the mappings with a new state
 * @param health of gateways; empty for one that is no longer watched
 * @param rescheduled removals that are due at another time
 * @param removed removals that are done
 * @param readdressed former external addresses of gateways, and their new ones
 * @param events for people and programs, in order
 */
public record StateChange(
        List<TrackedMapping> tracked,
        Map<GatewayId, Optional<GatewayHealth>> health,
        List<PendingRemoval> rescheduled,
        List<PendingRemoval> removed,
        Map<InetAddress, InetAddress> readdressed,
        List<KeeperEvent> events) {
    public StateChange {
        tracked = List.copyOf(tracked);
        health = Collections.unmodifiableMap(new LinkedHashMap<>(health));
        rescheduled = List.copyOf(rescheduled);
        removed = List.copyOf(removed);
        readdressed = Collections.unmodifiableMap(new LinkedHashMap<>(readdressed));
        events = List.copyOf(events);
    }

    /** A change in the making; it reads through to the state before it. */
    public static final class Draft {
        private final KeeperView before;
        private final Map<DesiredMappingId, TrackedMapping> tracked = new LinkedHashMap<>();
        private final Map<GatewayId, Optional<GatewayHealth>> health = new LinkedHashMap<>();
        private final List<PendingRemoval> rescheduled = new ArrayList<>();
        private final List<PendingRemoval> removed = new ArrayList<>();
        private final Map<InetAddress, InetAddress> readdressed = new LinkedHashMap<>();
        private final List<KeeperEvent> events = new ArrayList<>();

        public Draft(KeeperView before) {
            this.before = before;
        }

        public KeeperView before() {
            return before;
        }

        public void put(TrackedMapping now) {
            tracked.put(DesiredMappingId.of(now.desired()), now);
        }

        /** The mappings that are open on {@code gateway} after what was changed so far. */
        public List<TrackedMapping> openOn(GatewayId gateway) {
            List<TrackedMapping> open = new ArrayList<>();
            for (TrackedMapping one : before.openOn(gateway)) {
                if (tracked.isEmpty() || !tracked.containsKey(DesiredMappingId.of(one.desired()))) {
                    open.add(one);
                }
            }
            tracked.values().stream().filter(one -> one.isOpenOn(gateway)).forEach(open::add);
            return open;
        }

        public Optional<GatewayHealth> health(GatewayId gateway) {
            Optional<GatewayHealth> drafted = health.get(gateway);
            return drafted != null ? drafted : before.health(gateway);
        }

        public void putHealth(GatewayId gateway, GatewayHealth now) {
            health.put(gateway, Optional.of(now));
        }

        public void removeHealth(GatewayId gateway) {
            health.put(gateway, Optional.empty());
        }

        public void reschedule(PendingRemoval removal) {
            rescheduled.add(removal);
        }

        public void removed(PendingRemoval removal) {
            removed.add(removal);
        }

        public void readdress(InetAddress former, InetAddress now) {
            readdressed.put(former, now);
        }

        public void report(KeeperEvent event) {
            events.add(event);
        }

        public StateChange change() {
            return new StateChange(List.copyOf(tracked.values()), health, rescheduled, removed, readdressed, events);
        }
    }
}
