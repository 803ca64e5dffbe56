package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.Plan;
import dev.ajar.keeper.model.StateChange;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of every transition in random histories: plans are answered at random, and time passes as planned. */
class TransitionsTest {
    private static final int MAPPINGS = 12;

    private final KeeperState state = new KeeperState();
    private final Reconciler reconciler = new Reconciler();
    private final List<GatewayId> gateways = new ArrayList<>();
    private Random random = new Random();
    private Duration now = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_transition_is_pure_and_keeps_the_state_consistent(long seed) {
        random = new Random(seed);
        for (MappingProtocol protocol : Samples.PROTOCOLS.all()) {
            gateways.add(new GatewayId(protocol, Samples.GATEWAY));
        }
        for (int i = 0; i < MAPPINGS; i++) {
            state.put(TrackedMapping.initial(
                    desired(1000 + i), new MappingState.Inactive(now, 0, false, Optional.empty())));
        }
        int steps = 0;
        while (steps < 3_000) {
            Plan plan = reconciler.plan(state, now);
            assertThat(plan.due().isPresent() || plan.next().compareTo(now) > 0).isTrue();
            if (plan.due().isPresent()) {
                answer(plan.due().get()).forEach(this::check);
                steps++;
                now = now.plusMillis(random.nextInt(300));
            } else {
                now = plan.next();
            }
            if (random.nextInt(50) == 0) {
                check(surprise());
            }
        }
    }

    private void check(Observation observation) {
        List<TrackedMapping> before = List.copyOf(state.tracked());
        Map<GatewayId, GatewayHealth> healthBefore = Map.copyOf(state.healthByGateway());
        long seed = random.nextLong();

        StateChange change = Transitions.of(state, observation, now, seed);

        assertThat(Transitions.of(state, observation, now, seed)).isEqualTo(change);
        assertThat(state.tracked()).containsExactlyElementsOf(before);
        assertThat(state.healthByGateway()).isEqualTo(healthBefore);
        state.apply(change);
        assertThat(state.tracked())
                .extracting(TrackedMapping::desired)
                .containsExactlyElementsOf(
                        before.stream().map(TrackedMapping::desired).toList());
        change.tracked().forEach(this::isConsistent);
        lossesAreReported(before, change);
        change.health().forEach((id, health) -> assertThat(state.health(id)).isEqualTo(health));
    }

    private void isConsistent(TrackedMapping tracked) {
        switch (tracked.state()) {
            case MappingState.Inactive inactive ->
                assertThat(inactive.failures()).isNotNegative();
            case MappingState.Active open -> {
                // A lease that ends has a renewal, also when it is so short that the renewal comes too late.
                assertThat(open.renewAt().isPresent() || open.endsAt().isEmpty())
                        .isTrue();
                assertThat(open.failures()).isNotNegative();
            }
        }
    }

    /**
     * A mapping that was open and is not any more has been reported; only a firewall that is off leaves it open anyway.
     */
    private static void lossesAreReported(List<TrackedMapping> before, StateChange change) {
        for (TrackedMapping now : change.tracked()) {
            boolean wasOpen = before.stream()
                    .anyMatch(old -> old.desired().equals(now.desired()) && old.state() instanceof MappingState.Active);
            if (wasOpen && now.state() instanceof MappingState.Inactive inactive && inactive.lost()) {
                assertThat(change.events())
                        .filteredOn(event -> event.about().equals(Optional.of(now.desired())))
                        .anyMatch(event -> event instanceof KeeperEvent.Lost || event instanceof KeeperEvent.Contested);
            }
        }
    }

    private List<Observation> answer(KeeperStep step) {
        return switch (step) {
            case KeeperStep.Open(List<TrackedMapping> wanted) ->
                wanted.stream()
                        .<Observation>map(one -> new Observation.Requested(one, grant(one.desired()), address()))
                        .toList();
            case KeeperStep.Renew(TrackedMapping tracked, MappingState.Active open) ->
                random.nextInt(4) == 0
                        ? List.of(
                                new Observation.RenewalUnanswered(tracked, open),
                                new Observation.Silent(open.lease().claim().gateway()))
                        : List.of(new Observation.Renewed(tracked, open, grant(tracked.desired())));
            case KeeperStep.Expire(TrackedMapping tracked, MappingState.Active open) ->
                List.of(new Observation.Expired(tracked, open));
            case KeeperStep.Verify(TrackedMapping tracked, MappingState.Active open) ->
                List.of(
                        switch (random.nextInt(6)) {
                            case 0 -> new Observation.Missing(tracked, open);
                            case 1 ->
                                new Observation.Lost(
                                        tracked, Message.of("keeper.taken"), Optional.of(entry(tracked.desired())));
                            case 2 -> new Observation.NotListed(tracked, open);
                            case 3 -> new Observation.ShownInOtherTable(tracked, open);
                            case 4 -> new Observation.MissingInOtherTable(tracked, open);
                            default -> new Observation.Present(tracked, open, entry(tracked.desired()));
                        });
            case KeeperStep.Remove(PendingRemoval removal) ->
                List.of(
                        switch (random.nextInt(3)) {
                            case 0 -> new Observation.Removed(removal);
                            case 1 -> new Observation.LeftAlone(removal);
                            default -> new Observation.NotRemoved(removal, random.nextBoolean());
                        });
            case KeeperStep.Probe(GatewayId id, Optional<Claim> claim) ->
                List.of(
                        claim.isEmpty()
                                ? new Observation.Unused(id)
                                : random.nextInt(3) == 0
                                        ? new Observation.Silent(id)
                                        : new Observation.Healthy(id, health()));
            case KeeperStep.Rediscover(GatewayId id, Optional<Claim> claim) ->
                List.of(
                        claim.isEmpty()
                                ? new Observation.Unused(id)
                                : random.nextBoolean()
                                        ? new Observation.Silent(id)
                                        : new Observation.AnswersAgain(id, health()));
        };
    }

    private Observation surprise() {
        if (random.nextInt(3) == 0) {
            state.pendingRemovals()
                    .add(new PendingRemoval(
                            MappingRecord.held(lease(desired(1000 + random.nextInt(MAPPINGS))))
                                    .markedForRemoval(),
                            now,
                            0));
        }
        return random.nextBoolean()
                ? new Observation.Announced(Samples.GATEWAY)
                : new Observation.Moved(
                        random.nextBoolean() ? EnumSet.of(IpVersion.IPV4) : EnumSet.allOf(IpVersion.class));
    }

    private static DesiredMapping desired(int port) {
        return new DesiredMapping(
                Samples.tcp(port), GatewaySelector.AUTO, new Owner.User(), Instant.EPOCH, Optional.empty());
    }

    private Result<Grant> grant(DesiredMapping desired) {
        return switch (random.nextInt(8)) {
            case 0 -> Result.err(new Failure.TimedOut(Message.verbatim("silence")));
            case 1 ->
                Result.err(new Failure.Conflict(
                        Message.verbatim("taken"),
                        Optional.of(new Endpoint(Samples.NEIGHBOUR, desired.externalPort())),
                        Optional.empty()));
            case 2 -> Result.err(new Failure.Refused(Message.verbatim("no"), Optional.empty()));
            case 3 -> Result.ok(new Grant.AlreadyThere(entry(desired)));
            default -> Result.ok(new Grant.Granted(lease(desired)));
        };
    }

    private Lease lease(DesiredMapping desired) {
        GatewayId gateway = gateways.get(random.nextInt(gateways.size()));
        LeaseHandle handle = gateway.method()
                .handles()
                .read(Map.of("nonce", "0".repeat(24), "location", "http://192.168.77.1/", "mark", "k7q2"));
        Claim claim = new Claim(
                desired.mapping(),
                gateway,
                new Endpoint(Samples.HERE, desired.mapping().target().port()),
                handle,
                Instant.EPOCH);
        LeaseDuration granted =
                random.nextInt(6) == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(1 + random.nextInt(7200));
        Optional<Long> epoch =
                gateway.method().traits().hasEpoch() ? Optional.of((long) random.nextInt(10_000)) : Optional.empty();
        return new Lease(claim, desired.externalPort(), granted, Instant.EPOCH, address(), epoch, true);
    }

    private Optional<InetAddress> address() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Samples.ip("203.0.113.7"));
            default -> Optional.of(Samples.ip("10.0.0.7"));
        };
    }

    private HealthCheck health() {
        Optional<Long> epoch = random.nextBoolean() ? Optional.of((long) random.nextInt(10_000)) : Optional.empty();
        return new HealthCheck(epoch, address(), random.nextBoolean());
    }

    private static ObservedMapping entry(DesiredMapping desired) {
        return new ObservedMapping(
                desired.protocol(),
                desired.externalPort(),
                new RouterText(Samples.NEIGHBOUR.getHostAddress()),
                desired.externalPort(),
                RouterText.EMPTY,
                new RouterText("game"),
                true,
                Optional.of(LeaseDuration.ofSeconds(60)));
    }
}
