package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
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

/** Compares a plan from the queues of {@link KeeperState} with a plan from a scan of every mapping. */
class ReconcilerTest {
    private static final List<GatewayId> GATEWAYS = List.of(
            new GatewayId(PxpProtocols.PCP, Samples.GATEWAY),
            new GatewayId(PxpProtocols.NAT_PMP, Samples.GATEWAY),
            new GatewayId(UpnpProtocol.UPNP, Samples.NEIGHBOUR));

    private final Reconciler reconciler = new Reconciler();
    private final KeeperState state = new KeeperState();

    /** The contents of {@link #state} in plain lists. */
    private final Map<DesiredMapping, TrackedMapping> tracked = new LinkedHashMap<>();

    private final List<PendingRemoval> pendingRemovals = new ArrayList<>();
    private final Map<GatewayId, GatewayHealth> healthByGateway = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 100})
    void a_plan_from_the_queues_equals_a_plan_from_a_scan(int mappings) {
        Random random = new Random(mappings);
        for (int i = 0; i < 2_000; i++) {
            change(random, mappings);
            Duration now = moment(random);

            assertThat(reconciler.plan(state, now)).isEqualTo(scan(now));
        }
        assertThat(state.tracked()).containsExactlyElementsOf(tracked.values());
        assertThat(state.pendingRemovals().all()).containsExactlyElementsOf(pendingRemovals);
        for (GatewayId gateway : GATEWAYS) {
            assertThat(state.openOn(gateway)).isEqualTo(openOn(gateway));
            assertThat(state.firstOpenOn(gateway))
                    .isEqualTo(openOn(gateway).stream().findFirst());
        }
    }

    /** One of few moments, so that many mappings are due together. */
    private static Duration moment(Random random) {
        return Duration.ofSeconds(random.nextInt(90));
    }

    private void change(Random random, int mappings) {
        switch (random.nextInt(20)) {
            case 0 -> {
                healthByGateway.values().removeIf(health -> random.nextInt(3) == 0);
                GATEWAYS.stream().filter(id -> !healthByGateway.containsKey(id)).forEach(state::removeHealth);
            }
            case 1, 2, 3, 4 -> {
                GatewayId gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
                GatewayHealth health =
                        new GatewayHealth(moment(random), Optional.empty(), Optional.empty(), random.nextInt(2), 0);
                healthByGateway.put(gateway, health);
                state.putHealth(gateway, health);
            }
            case 5, 6 -> {
                MappingRecord mappingRecord = MappingRecord.held(lease(random, 1 + random.nextInt(mappings)));
                PendingRemoval removal = new PendingRemoval(mappingRecord.markedForRemoval(), moment(random), 0);
                pendingRemovals.removeIf(old -> old.mappingRecord().equals(removal.mappingRecord()));
                pendingRemovals.add(removal);
                state.pendingRemovals().add(removal);
            }
            case 7, 8 -> {
                if (!pendingRemovals.isEmpty()) {
                    state.pendingRemovals().remove(pendingRemovals.remove(random.nextInt(pendingRemovals.size())));
                }
            }
            case 9 -> {
                if (random.nextInt(mappings) == 0) {
                    tracked.values().removeIf(one -> random.nextInt(4) == 0);
                    state.replaceAll(tracked.values());
                    state.pendingRemovals().replaceAll(List.copyOf(pendingRemovals));
                }
            }
            default -> {
                TrackedMapping one = tracked(random, 1 + random.nextInt(mappings));
                tracked.put(one.desired(), one);
                state.put(one);
            }
        }
    }

    private static TrackedMapping tracked(Random random, int port) {
        Optional<java.net.InetAddress> named = port % 3 == 0 ? Optional.of(Samples.GATEWAY) : Optional.empty();
        DesiredMapping desired = new DesiredMapping(
                Samples.tcp(port),
                new GatewaySelector(GatewaySelector.AUTO.protocols(), named, Optional.empty()),
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
                        Duration.ZERO,
                        0,
                        false);
        return TrackedMapping.initial(desired, state);
    }

    private static Lease lease(Random random, int port) {
        Mapping mapping = Samples.tcp(port);
        Claim claim = new Claim(
                mapping,
                GATEWAYS.get(random.nextInt(GATEWAYS.size())),
                new Endpoint(Samples.HERE, mapping.target().port()),
                Samples.natPmpHandle(),
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

    /** Scans all mappings for each reason, in the order of the reasons. */
    private Plan scan(Duration now) {
        List<KeeperStep> due = new ArrayList<>();
        List<Duration> later = new ArrayList<>(List.of(now.plusSeconds(60)));
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open) {
                open.endsAt().ifPresent(at -> sort(at, now, new KeeperStep.Expire(one, open), due, later));
            }
        }
        healthByGateway.forEach((id, health) -> {
            Optional<Claim> claim = tracked.values().stream()
                    .filter(one -> one.isOpenOn(id))
                    .map(one -> openOf(one).lease().claim())
                    .findFirst();
            KeeperStep step =
                    health.isSilent() ? new KeeperStep.Rediscover(id, claim) : new KeeperStep.Probe(id, claim);
            sort(health.nextAt(), now, step, due, later);
        });
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open && answers(open)) {
                open.renewAt().ifPresent(at -> sort(at, now, new KeeperStep.Renew(one, open), due, later));
            }
        }
        pendingRemovals.forEach(removal -> sort(removal.dueAt(), now, new KeeperStep.Remove(removal), due, later));
        List<KeeperStep> opens = new ArrayList<>();
        List<Duration> openTimes = new ArrayList<>();
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Inactive inactive) {
                openTimes.add(inactive.dueAt());
                sort(inactive.dueAt(), now, new KeeperStep.Open(alike(one, now)), opens, later);
            }
        }
        List<KeeperStep> verifies = new ArrayList<>();
        List<Duration> verifyTimes = new ArrayList<>();
        for (TrackedMapping one : tracked.values()) {
            if (one.state() instanceof MappingState.Active open && answers(open)) {
                verifyTimes.add(open.verifyAt());
                sort(open.verifyAt(), now, new KeeperStep.Verify(one, open), verifies, later);
            }
        }
        boolean verifyFirst = soonest(verifyTimes).compareTo(soonest(openTimes)) < 0;
        due.addAll(verifyFirst ? verifies : opens);
        due.addAll(verifyFirst ? opens : verifies);
        return due.isEmpty()
                ? new Plan(Optional.empty(), later.stream().sorted().toList().getFirst())
                : new Plan(Optional.of(due.getFirst()), now);
    }

    private static Duration soonest(List<Duration> times) {
        return times.stream().sorted().findFirst().orElse(DueTimes.NEVER);
    }

    private static void sort(Duration at, Duration now, KeeperStep step, List<KeeperStep> due, List<Duration> later) {
        if (at.compareTo(now) <= 0) {
            due.add(step);
        } else {
            later.add(at);
        }
    }

    private boolean answers(MappingState.Active open) {
        GatewayHealth health = healthByGateway.get(open.lease().claim().gateway());
        return health == null || !health.isSilent();
    }

    private List<TrackedMapping> alike(TrackedMapping first, Duration now) {
        return tracked.values().stream()
                .filter(one -> one.state() instanceof MappingState.Inactive inactive
                        && inactive.dueAt().compareTo(now) <= 0)
                .filter(one -> one.desired().selection().equals(first.desired().selection()))
                .limit(8)
                .toList();
    }
}
