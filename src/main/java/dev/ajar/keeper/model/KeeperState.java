package dev.ajar.keeper.model;

import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.state.DesiredMapping;
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
import java.util.function.Predicate;

/** The tracked mappings, pending removals and gateway health of a keeper, and when each is due. For one thread. */
public final class KeeperState implements KeeperView {
    /** The steps that a tracked mapping may need. */
    public enum Need {
        OPEN,
        RENEW,
        VERIFY,
        EXPIRE
    }

    /** In the order in which they were added; a mapping keeps its place until {@link #replaceAll}. */
    private final List<TrackedMapping> tracked = new ArrayList<>();

    private final Map<DesiredMappingId, Integer> places = new HashMap<>();

    /** The places of the mappings that are open on a gateway. */
    private final Map<GatewayId, NavigableSet<Integer>> openOn = new HashMap<>();

    private final DueTimes toOpen = new DueTimes();
    private final DueTimes toRenew = new DueTimes();
    private final DueTimes toVerify = new DueTimes();
    private final DueTimes toExpire = new DueTimes();
    private final PendingRemovals pendingRemovals = new PendingRemovals();
    private final Map<GatewayId, GatewayHealth> healthByGateway = new LinkedHashMap<>();

    /** The routers that last had a mapping with these gateway selectors. */
    private final Map<GatewaySelector, InetAddress> lastRouters = new HashMap<>();

    /** Former external addresses of gateways, and the addresses that replaced them. */
    private final Map<InetAddress, InetAddress> readdressed = new LinkedHashMap<>();

    @Override
    public Collection<TrackedMapping> tracked() {
        return Collections.unmodifiableList(tracked);
    }

    public PendingRemovals pendingRemovals() {
        return pendingRemovals;
    }

    public Map<InetAddress, InetAddress> readdressed() {
        return readdressed;
    }

    @Override
    public Map<GatewayId, GatewayHealth> healthByGateway() {
        return Collections.unmodifiableMap(healthByGateway);
    }

    @Override
    public Collection<PendingRemoval> removals() {
        return pendingRemovals.all();
    }

    public void apply(StateChange change) {
        change.tracked().forEach(this::put);
        change.health()
                .forEach((gateway, health) ->
                        health.ifPresentOrElse(now -> putHealth(gateway, now), () -> removeHealth(gateway)));
        change.rescheduled().forEach(pendingRemovals::add);
        change.removed().forEach(pendingRemovals::remove);
        readdressed.putAll(change.readdressed());
    }

    /** While a gateway is silent, the keeper searches for it, and no renewal or verification on it is due. */
    public void putHealth(GatewayId gateway, GatewayHealth now) {
        boolean wasSilent = isSilent(gateway);
        healthByGateway.put(gateway, now);
        if (now.isSilent() != wasSilent) {
            on(gateway).forEach(this::schedule);
        }
    }

    public void removeHealth(GatewayId gateway) {
        boolean wasSilent = isSilent(gateway);
        healthByGateway.remove(gateway);
        if (wasSilent) {
            on(gateway).forEach(this::schedule);
        }
    }

    private boolean isSilent(GatewayId gateway) {
        return health(gateway).filter(GatewayHealth::isSilent).isPresent();
    }

    public Optional<TrackedMapping> of(DesiredMapping desired) {
        return Optional.ofNullable(places.get(DesiredMappingId.of(desired))).map(tracked::get);
    }

    /** Adds it, or replaces the one with the same desired mapping. */
    public void put(TrackedMapping now) {
        DesiredMappingId key = DesiredMappingId.of(now.desired());
        Integer known = places.get(key);
        int place = known == null ? tracked.size() : known;
        if (known == null) {
            places.put(key, place);
            tracked.add(now);
            move(place, Optional.empty(), gatewayOf(now));
        } else {
            move(place, gatewayOf(tracked.set(place, now)), gatewayOf(now));
        }
        gatewayOf(now).ifPresent(id -> lastRouters.put(now.desired().selection(), id.address()));
        schedule(place);
    }

    public void replaceAll(Collection<TrackedMapping> others) {
        List<TrackedMapping> copy = List.copyOf(others);
        tracked.clear();
        places.clear();
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

    /** The router that is asked for mappings with this selector, as far as is known. */
    public ExchangeKey laneOf(GatewaySelector selection) {
        return selection
                .gateway()
                .or(() -> Optional.ofNullable(lastRouters.get(selection)))
                .<ExchangeKey>map(ExchangeKey.Router::new)
                .orElseGet(() -> new ExchangeKey.Search(selection));
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

    private void schedule(int place) {
        switch (tracked.get(place).state()) {
            case MappingState.Inactive inactive -> {
                set(Need.OPEN, place, Optional.of(inactive.dueAt()));
                set(Need.RENEW, place, Optional.empty());
                set(Need.VERIFY, place, Optional.empty());
                set(Need.EXPIRE, place, Optional.empty());
            }
            case MappingState.Active open -> {
                boolean answers = !isSilent(open.lease().claim().gateway());
                set(Need.OPEN, place, Optional.empty());
                set(Need.RENEW, place, open.renewAt().filter(at -> answers));
                set(Need.VERIFY, place, Optional.of(open.verifyAt()).filter(at -> answers));
                // A lease that was not renewed has ended, whether or not its gateway answers.
                set(Need.EXPIRE, place, open.endsAt());
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
            case VERIFY -> toVerify;
            case EXPIRE -> toExpire;
        };
    }

    /** When the next mapping is due for {@code need}; {@link DueTimes#NEVER} if none is. */
    public Duration soonest(Need need) {
        return times(need).soonest();
    }

    /** The mapping that has been due for {@code need} for longest, of those that {@code mayGo}. */
    public Optional<TrackedMapping> firstDue(Need need, Duration now, Predicate<TrackedMapping> mayGo) {
        OptionalInt place = times(need).longestDue(now, at -> mayGo.test(tracked.get(at)));
        return place.isPresent() ? Optional.of(tracked.get(place.getAsInt())) : Optional.empty();
    }

    /**
     * The mapping that has been due for {@code need} for longest, of those that {@code mayGo}, and after it others that
     * are due and have the same gateway selector; {@code most} at most.
     */
    public List<TrackedMapping> dueTogether(Need need, Duration now, int most, Predicate<TrackedMapping> mayGo) {
        DueTimes times = times(need);
        OptionalInt longest = times.longestDue(now, at -> mayGo.test(tracked.get(at)));
        if (longest.isEmpty()) {
            return List.of();
        }
        TrackedMapping first = tracked.get(longest.getAsInt());
        List<TrackedMapping> together = new ArrayList<>(List.of(first));
        // From its place on, then from the beginning: so the others take turns too.
        for (int from : new int[] {longest.getAsInt() + 1, 0}) {
            OptionalInt place = times.firstDue(from, now);
            while (place.isPresent() && together.size() < most && (from > 0 || place.getAsInt() < longest.getAsInt())) {
                TrackedMapping one = tracked.get(place.getAsInt());
                if (one.desired().selection().equals(first.desired().selection())) {
                    together.add(one);
                }
                place = times.firstDue(place.getAsInt() + 1, now);
            }
        }
        return together;
    }

    @Override
    public List<TrackedMapping> openOn(GatewayId gateway) {
        return on(gateway).stream().map(tracked::get).toList();
    }

    /** The first mapping that is open on {@code gateway}. */
    public Optional<TrackedMapping> firstOpenOn(GatewayId gateway) {
        return on(gateway).stream().findFirst().map(tracked::get);
    }
}
