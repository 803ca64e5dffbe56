package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned from the book's queues is what a look at every single mapping would have planned. */
class ReconcilerTest {
    private static final List<GatewayId> GATEWAYS = List.of(
            new GatewayId(MappingProtocol.PCP, Samples.GATEWAY),
            new GatewayId(MappingProtocol.NAT_PMP, Samples.GATEWAY),
            new GatewayId(MappingProtocol.UPNP, Samples.NEIGHBOUR));

    private final Reconciler reconciler = new Reconciler();
    private final KeeperState keeperState = new KeeperState();

    /** The same as in the book, in plain lists. */
    private final Map<DesiredMapping, TrackedMapping> tracked = new LinkedHashMap<>();

    private final List<PendingRemoval> pendingRemovals = new ArrayList<>();
    private final Map<GatewayId, GatewayHealth> watches = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 100})
    void a_plan_from_the_queues_is_the_plan_of_a_scan(int mappings) {
        Random random = new Random(mappings);
        for (int i = 0; i < 4_000; i++) {
            change(random, mappings);
            Duration now = moment(random);

            assertThat(reconciler.plan(keeperState, now)).isEqualTo(scan(now));
        }
        assertThat(keeperState.tracked()).containsExactlyElementsOf(tracked.values());
        assertThat(keeperState.pendingRemovals().all()).containsExactlyElementsOf(pendingRemovals);
        for (GatewayId gateway : GATEWAYS) {
            assertThat(keeperState.openOn(gateway)).isEqualTo(openOn(gateway));
            assertThat(keeperState.firstOpenOn(gateway))
                    .isEqualTo(openOn(gateway).stream().findFirst());
        }
    }

    /** Few different ones, so that many fall due together. */
    private static Duration moment(Random random) {
        return Duration.ofSeconds(random.nextInt(90));
    }

    private void change(Random random, int mappings) {
        switch (random.nextInt(20)) {
            case 0 -> {
                watches.values().removeIf(watch -> random.nextInt(3) == 0);
                GATEWAYS.stream().filter(id -> !watches.containsKey(id)).forEach(keeperState::unwatch);
            }
            case 1, 2, 3, 4 -> {
                GatewayId gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
                GatewayHealth watch =
                        new GatewayHealth(moment(random), Optional.empty(), Optional.empty(), random.nextInt(2));
                watches.put(gateway, watch);
                keeperState.watch(gateway, watch);
            }
            case 5, 6 -> {
                MappingRecord mappingRecord = MappingRecord.held(lease(random, 1 + random.nextInt(mappings)));
                PendingRemoval removal = new PendingRemoval(mappingRecord.markedForRemoval(), moment(random), 0);
                pendingRemovals.removeIf(old -> old.mappingRecord().equals(removal.mappingRecord()));
                pendingRemovals.add(removal);
                keeperState.pendingRemovals().add(removal);
            }
            case 7, 8 -> {
                if (!pendingRemovals.isEmpty()) {
                    keeperState
                            .pendingRemovals()
                            .remove(pendingRemovals.remove(random.nextInt(pendingRemovals.size())));
                }
            }
            case 9 -> {
                if (random.nextInt(mappings) == 0) {
                    tracked.values().removeIf(one -> random.nextInt(4) == 0);
                    keeperState.replaceAll(tracked.values());
                    keeperState.pendingRemovals().replaceAll(List.copyOf(pendingRemovals));
                }
            }
            default -> {
                TrackedMapping one = tracked(random, 1 + random.nextInt(mappings));
                tracked.put(one.desired(), one);
                keeperState.put(one);
            }
        }
    }

    private static TrackedMapping tracked(Random random, int port) {
        Optional<java.net.InetAddress> named = port % 3 == 0 ? Optional.of(Samples.GATEWAY) : Optional.empty();
        DesiredMapping desired = new DesiredMapping(
                Samples.tcp(port),
                new GatewaySelector(GatewaySelector.AUTO.methods(), named, Optional.empty()),
                new Owner.User(),
                Instant.EPOCH,
                Optional.empty());
        MappingState state = random.nextInt(3) == 0
                ? new MappingState.Inactive(moment(random), 0, random.nextBoolean(), Optional.empty())
                : new MappingState.Active(
                        lease(random, port),
                        moment(random),
                        Optional.of(moment(random)).filter(at -> random.nextInt(4) > 0),
                        moment(random),
                        0,
                        false);
        return TrackedMapping.fresh(desired, state);
    }

    private static Lease lease(Random random, int port) {
        Mapping mapping = Samples.tcp(port);
        Claim claim = new Claim(
                mapping,
                GATEWAYS.get(random.nextInt(GATEWAYS.size())),
                new Endpoint(Samples.HERE, mapping.target().port()),
                new LeaseHandle.NatPmpClient(),
                Instant.EPOCH);
        LeaseDuration granted =
                random.nextInt(5) == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(1 + random.nextInt(90));
        return new Lease(
                claim, mapping.externalPort(), granted, Instant.EPOCH, Optional.empty(), Optional.empty(), true);
    }

    private List<TrackedMapping> openOn(GatewayId gateway) {
        return tracked.values().stream()
                .filter(one -> one.state() instanceof MappingState.Active)
                .filter(one -> openOf(one).lease().claim().gateway().equals(gateway))
                .toList();
    }

    private static MappingState.Active openOf(TrackedMapping one) {
        return (MappingState.Active) one.state();
    }

    /** One look at everything for each reason, in the order of the reasons. */
    private Plan scan(Duration now) {
        List<KeeperStep> due = new ArrayList<>();
        List<Duration> later = new ArrayList<>(List.of(now.plusSeconds(60)));
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open) {
                open.endsAt().ifPresent(at -> sort(at, now, new KeeperStep.Expire(one, open), due, later));
            }
        }
        watches.forEach((id, watch) -> {
            KeeperStep step = watch.isSilent() ? new KeeperStep.Rediscover(id, openOn(id)) : new KeeperStep.Probe(id);
            sort(watch.nextAt(), now, step, due, later);
        });
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open && isHeard(open)) {
                open.renewAt().ifPresent(at -> sort(at, now, new KeeperStep.Renew(one, open), due, later));
            }
        }
        pendingRemovals.forEach(removal -> sort(removal.dueAt(), now, new KeeperStep.Remove(removal), due, later));
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Inactive absent) {
                sort(absent.dueAt(), now, new KeeperStep.Open(alike(one, now)), due, later);
            }
        }
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open && isHeard(open)) {
                sort(open.lookAt(), now, new KeeperStep.Verify(one, open), due, later);
            }
        }
        return due.isEmpty()
                ? new Plan(Optional.empty(), later.stream().sorted().toList().getFirst())
                : new Plan(Optional.of(due.getFirst()), now);
    }

    private static void sort(Duration at, Duration now, KeeperStep step, List<KeeperStep> due, List<Duration> later) {
        if (at.compareTo(now) <= 0) {
            due.add(step);
        } else {
            later.add(at);
        }
    }

    private boolean isHeard(MappingState.Active open) {
        GatewayHealth watch = watches.get(open.lease().claim().gateway());
        return watch == null || !watch.isSilent();
    }

    private List<TrackedMapping> alike(TrackedMapping first, Duration now) {
        return tracked.values().stream()
                .filter(one -> one.state() instanceof MappingState.Inactive absent
                        && absent.dueAt().compareTo(now) <= 0)
                .filter(one -> one.desired().selection().equals(first.desired().selection()))
                .limit(8)
                .toList();
    }
}
