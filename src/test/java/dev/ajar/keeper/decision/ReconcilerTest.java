package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.DueTimes;
import dev.ajar.keeper.model.ExchangeKey;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.Plan;
import dev.ajar.keeper.model.TrackedMapping;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        // A scan of many mappings takes its time.
        int steps = mappings > 10 ? 300 : 2_000;
        for (int i = 0; i < steps; i++) {
            change(random, mappings);
            Duration now = moment(random);

            assertThat(reconciler.plan(state, now)).isEqualTo(scan(now, lane -> true));
            Set<ExchangeKey> busy = busy(random);
            assertThat(reconciler.plan(state, now, lane -> !busy.contains(lane)))
                    .isEqualTo(scan(now, lane -> !busy.contains(lane)));
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
        return Duration.ofSeconds(random.nextInt(120));
    }

    private static Set<ExchangeKey> busy(Random random) {
        Set<ExchangeKey> busy = new HashSet<>();
        for (ExchangeKey lane : List.of(
                new ExchangeKey.Router(Samples.GATEWAY),
                new ExchangeKey.Router(Samples.NEIGHBOUR),
                new ExchangeKey.Search(GatewaySelector.AUTO))) {
            if (random.nextBoolean()) {
                busy.add(lane);
            }
        }
        return busy;
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
                        false,
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

    /** What could be done, and since when. */
    private record Candidate(Duration at, KeeperStep step) {}

    /** Scans all mappings for each reason, in the order of the reasons. */
    private Plan scan(Duration now, Predicate<ExchangeKey> free) {
        List<Candidate> expiries = new ArrayList<>();
        List<Candidate> renewals = new ArrayList<>();
        List<Candidate> verifies = new ArrayList<>();
        List<Candidate> opens = new ArrayList<>();
        for (TrackedMapping one : tracked.values()) {
            switch (one.state()) {
                case MappingState.Active open -> {
                    open.endsAt().ifPresent(at -> expiries.add(new Candidate(at, new KeeperStep.Expire(one, open))));
                    if (answers(open)) {
                        open.renewAt()
                                .ifPresent(at -> renewals.add(new Candidate(at, new KeeperStep.Renew(one, open))));
                        verifies.add(new Candidate(open.verifyAt(), new KeeperStep.Verify(one, open)));
                    }
                }
                case MappingState.Inactive inactive ->
                    opens.add(new Candidate(inactive.dueAt(), new KeeperStep.Open(alike(one, now))));
            }
        }
        List<Candidate> removals = pendingRemovals.stream()
                .map(removal -> new Candidate(removal.dueAt(), new KeeperStep.Remove(removal)))
                .toList();
        List<Candidate> checks = checks();
        List<List<Candidate>> reasons = new ArrayList<>(List.of(expiries));
        // The gateways have an order of their own.
        checks.forEach(check -> reasons.add(List.of(check)));
        boolean verifyFirst = soonest(verifies).compareTo(soonest(opens)) < 0;
        List<List<Candidate>> rest = verifyFirst ? List.of(verifies, opens) : List.of(opens, verifies);
        Duration longest = Collections.min(List.of(soonest(removals), soonest(opens), soonest(verifies)));
        boolean waits = longest.compareTo(now.minusSeconds(60)) <= 0 && longest.compareTo(soonest(renewals)) < 0;
        if (waits && soonest(removals).equals(longest)) {
            reasons.add(removals);
        } else if (waits) {
            reasons.addAll(rest);
        }
        reasons.add(renewals);
        reasons.add(removals);
        reasons.addAll(rest);
        return reasons.stream()
                .flatMap(reason -> longestDue(reason, now, free).stream())
                .findFirst()
                .map(due -> new Plan(Optional.of(due.step()), now))
                .orElseGet(() -> new Plan(Optional.empty(), next(reasons, now)));
    }

    private List<Candidate> checks() {
        List<Candidate> checks = new ArrayList<>();
        healthByGateway.forEach((id, health) -> {
            Optional<Claim> claim = tracked.values().stream()
                    .filter(one -> one.isOpenOn(id))
                    .map(one -> openOf(one).lease().claim())
                    .findFirst();
            KeeperStep step =
                    health.isSilent() ? new KeeperStep.Rediscover(id, claim) : new KeeperStep.Probe(id, claim);
            checks.add(new Candidate(health.nextAt(), step));
        });
        return checks;
    }

    private Optional<Candidate> longestDue(List<Candidate> some, Duration now, Predicate<ExchangeKey> free) {
        return some.stream()
                .filter(one -> one.at().compareTo(now) <= 0)
                .filter(one -> one.step().lane(state).stream().allMatch(free))
                .min(Comparator.comparing(Candidate::at));
    }

    private static Duration next(List<List<Candidate>> reasons, Duration now) {
        Duration soonest = reasons.stream()
                .flatMap(List::stream)
                .map(Candidate::at)
                .min(Comparator.naturalOrder())
                .filter(at -> at.compareTo(now.plusSeconds(60)) < 0)
                .orElse(now.plusSeconds(60));
        return soonest.compareTo(now) > 0 ? soonest : now.plusSeconds(1);
    }

    private static Duration soonest(List<Candidate> some) {
        return some.stream().map(Candidate::at).min(Comparator.naturalOrder()).orElse(DueTimes.NEVER);
    }

    private boolean answers(MappingState.Active open) {
        GatewayHealth health = healthByGateway.get(open.lease().claim().gateway());
        return health == null || !health.isSilent();
    }

    /** The first, then those after it, then those before it. */
    private List<TrackedMapping> alike(TrackedMapping first, Duration now) {
        List<TrackedMapping> all = List.copyOf(tracked.values());
        int place = all.indexOf(first);
        return Stream.concat(all.subList(place, all.size()).stream(), all.subList(0, place).stream())
                .filter(one -> one.state() instanceof MappingState.Inactive inactive
                        && inactive.dueAt().compareTo(now) <= 0)
                .filter(one -> one.desired().selection().equals(first.desired().selection()))
                .limit(8)
                .toList();
    }

    /**
     * However slow the router is: in every round each of a thousand mappings has its turn before one has its second.
     */
    @Test
    void no_mapping_waits_for_its_second_turn_behind_the_first_of_others() {
        Random random = new Random(1);
        for (int port = 1; port <= 1000; port++) {
            Lease lease = lease(random, port);
            state.put(TrackedMapping.initial(
                    tracked(random, port).desired(),
                    new MappingState.Active(
                            new Lease(
                                    lease.claim(),
                                    lease.externalPort(),
                                    LeaseDuration.PERMANENT,
                                    Instant.EPOCH,
                                    Optional.empty(),
                                    Optional.empty(),
                                    true),
                            Duration.ZERO,
                            Optional.of(moment(random)),
                            DueTimes.NEVER,
                            Duration.ZERO,
                            0,
                            false,
                            false)));
        }
        TrackedMapping late = TrackedMapping.initial(
                tracked(random, 2000).desired(),
                new MappingState.Inactive(Duration.ofSeconds(90), 0, false, Optional.empty()));
        state.put(late);
        Map<DesiredMapping, Integer> turns = new HashMap<>();
        Duration now = Duration.ofSeconds(90);
        boolean opened = false;
        for (int step = 0; step < 3000; step++) {
            // Each renewal takes four seconds and is due again before the others have had theirs.
            now = now.plusSeconds(4);
            switch (reconciler.plan(state, now).due().orElseThrow()) {
                case KeeperStep.Renew(TrackedMapping tracked, MappingState.Active open) -> {
                    turns.merge(tracked.desired(), 1, Integer::sum);
                    state.put(tracked.state(open.renewingAt(Optional.of(now.plusSeconds(30)), 0)));
                }
                case KeeperStep.Open(List<TrackedMapping> wanted) -> {
                    opened = true;
                    state.put(wanted.getFirst()
                            .state(new MappingState.Inactive(DueTimes.NEVER, 0, false, Optional.empty())));
                }
                case KeeperStep other -> throw new AssertionError(other);
            }
        }
        assertThat(opened).isTrue();
        assertThat(turns).hasSize(1000);
        assertThat(Collections.max(turns.values()) - Collections.min(turns.values()))
                .isLessThanOrEqualTo(1);
    }
}
