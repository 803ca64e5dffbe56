package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Everything that is wanted, held and known, in the hands of the one thread that owns it, and when something of it is due. */
final class KeeperState {
    /** What may be due of a wish, by how it stands. */
    enum Need {
        OPEN,
        RENEW,
        LOOK,
        END
    }

    /** In the order in which they were put; the place of a wish stays the same until {@link #replaceAll}. */
    private final List<TrackedMapping> tracked = new ArrayList<>();

    private final Map<MappingKey, Integer> connectionLimit = new HashMap<>();

    /** The places of those that are open on a gateway. */
    private final Map<GatewayId, NavigableSet<Integer>> openOn = new HashMap<>();

    private final DueTimes toOpen = new DueTimes();
    private final DueTimes toRenew = new DueTimes();
    private final DueTimes toLook = new DueTimes();
    private final DueTimes toEnd = new DueTimes();
    private final PendingRemovals pendingRemovals = new PendingRemovals();
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
        return Collections.unmodifiableList(tracked);
    }

    PendingRemovals pendingRemovals() {
        return pendingRemovals;
    }

    Map<InetAddress, InetAddress> readdressed() {
        return readdressed;
    }

    Map<GatewayId, GatewayHealth> watches() {
        return Collections.unmodifiableMap(watches);
    }

    Optional<GatewayHealth> watch(GatewayId gateway) {
        return Optional.ofNullable(watches.get(gateway));
    }

    /** A gateway that is silent is sought, and not asked for each of its mappings: none of them is due meanwhile. */
    void watch(GatewayId gateway, GatewayHealth now) {
        boolean before = isSilent(gateway);
        watches.put(gateway, now);
        if (now.isSilent() != before) {
            scheduleAll(gateway);
        }
    }

    void unwatch(GatewayId gateway) {
        boolean before = isSilent(gateway);
        watches.remove(gateway);
        if (before) {
            scheduleAll(gateway);
        }
    }

    private boolean isSilent(GatewayId gateway) {
        return watch(gateway).filter(GatewayHealth::isSilent).isPresent();
    }

    Optional<TrackedMapping> of(DesiredMapping desired) {
        return Optional.ofNullable(connectionLimit.get(MappingKey.of(desired))).map(tracked::get);
    }

    /** In the place of what was known of the same wish. */
    void put(TrackedMapping now) {
        MappingKey key = MappingKey.of(now.desired());
        Integer known = connectionLimit.get(key);
        int place = known == null ? tracked.size() : known;
        if (known == null) {
            connectionLimit.put(key, place);
            tracked.add(now);
            move(place, Optional.empty(), gatewayOf(now));
        } else {
            move(place, gatewayOf(tracked.set(place, now)), gatewayOf(now));
        }
        schedule(place);
    }

    void replaceAll(Collection<TrackedMapping> others) {
        List<TrackedMapping> copy = List.copyOf(others);
        tracked.clear();
        connectionLimit.clear();
        openOn.clear();
        for (Need need : Need.values()) {
            times(need).clear();
        }
        copy.forEach(this::put);
    }

    private static Optional<GatewayId> gatewayOf(TrackedMapping one) {
        return one.state() instanceof MappingState.Active open
                ? Optional.of(open.lease().claim().gateway())
                : Optional.empty();
    }

    private void move(int place, Optional<GatewayId> before, Optional<GatewayId> now) {
        if (!before.equals(now)) {
            before.ifPresent(gateway -> on(gateway).remove(place));
            now.ifPresent(gateway -> on(gateway).add(place));
        }
    }

    private NavigableSet<Integer> on(GatewayId gateway) {
        return openOn.computeIfAbsent(gateway, ignored -> new TreeSet<>());
    }

    private void scheduleAll(GatewayId gateway) {
        on(gateway).forEach(this::schedule);
    }

    private void schedule(int place) {
        switch (tracked.get(place).state()) {
            case MappingState.Inactive absent -> {
                set(Need.OPEN, place, Optional.of(absent.dueAt()));
                set(Need.RENEW, place, Optional.empty());
                set(Need.LOOK, place, Optional.empty());
                set(Need.END, place, Optional.empty());
            }
            case MappingState.Active open -> {
                boolean heard = !isSilent(open.lease().claim().gateway());
                set(Need.OPEN, place, Optional.empty());
                set(Need.RENEW, place, open.renewAt().filter(at -> heard));
                set(Need.LOOK, place, Optional.of(open.lookAt()).filter(at -> heard));
                // A lease that nobody extended is over, whatever else its gateway answers.
                set(Need.END, place, open.endsAt());
            }
        }
    }

    private void set(Need need, int place, Optional<Duration> moment) {
        DueTimes times = times(need);
        moment.ifPresentOrElse(at -> times.set(place, at), () -> times.clear(place));
    }

    private DueTimes times(Need need) {
        return switch (need) {
            case OPEN -> toOpen;
            case RENEW -> toRenew;
            case LOOK -> toLook;
            case END -> toEnd;
        };
    }

    /** When the next of those that need it is due, {@link DueTimes#NEVER} where none does. */
    Duration soonest(Need need) {
        return times(need).soonest();
    }

    /** The first, in the order of the book, that needs it by now. */
    Optional<TrackedMapping> firstDue(Need need, Duration now) {
        OptionalInt place = times(need).firstDue(0, now);
        return place.isPresent() ? Optional.of(tracked.get(place.getAsInt())) : Optional.empty();
    }

    /** All that need it by now and want the same gateway as the first of them, {@code most} at most. */
    List<TrackedMapping> alikeDue(Need need, Duration now, int most) {
        List<TrackedMapping> alike = new ArrayList<>();
        OptionalInt place = times(need).firstDue(0, now);
        while (place.isPresent() && alike.size() < most) {
            TrackedMapping one = tracked.get(place.getAsInt());
            if (alike.isEmpty()
                    || one.desired()
                            .selection()
                            .equals(alike.getFirst().desired().selection())) {
                alike.add(one);
            }
            place = times(need).firstDue(place.getAsInt() + 1, now);
        }
        return alike;
    }

    /** Those that are open on {@code gateway}. */
    List<TrackedMapping> openOn(GatewayId gateway) {
        return on(gateway).stream().map(tracked::get).toList();
    }

    /** The first of those that are open on {@code gateway}. */
    Optional<TrackedMapping> firstOpenOn(GatewayId gateway) {
        NavigableSet<Integer> there = on(gateway);
        return there.isEmpty() ? Optional.empty() : Optional.of(tracked.get(there.first()));
    }
}
