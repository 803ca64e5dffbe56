package dev.ajar.keeper.exchange;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The time of one step.
 *
 * @param share how long it may take, as far as that is known before it begins
 * @param patient whether it may ask a gateway whose exchanges take long, and which would be cut off and begun anew for
 *     ever
 */
public record StepTime(Duration share, boolean patient) {
    /** The usual one, so that no router keeps the others, or another process, waiting for long. */
    private static final Duration SHARE = Duration.ofSeconds(4);

    /** Every third try after a silence: a slow router that answers in the end stays usable. */
    private static final Duration PATIENT_SHARE = Duration.ofSeconds(12);

    /** @param gateways tells whether one may be asked that is slow, where none is named */
    public static StepTime of(KeeperStep step, GatewaySource gateways) {
        Duration usual = failures(step) % 3 == 2 ? PATIENT_SHARE : SHARE;
        return switch (step) {
            case KeeperStep.Open(List<TrackedMapping> wanted) -> new StepTime(usual, mayBeSlow(wanted, gateways));
            case KeeperStep.Renew(TrackedMapping ignored, MappingState.Active open) ->
                on(open.lease().claim().gateway(), usual);
            case KeeperStep.Verify(TrackedMapping ignored, MappingState.Active open) ->
                on(open.lease().claim().gateway(), usual);
            case KeeperStep.Remove(PendingRemoval removal) ->
                on(removal.mappingRecord().claim().gateway(), usual);
            case KeeperStep.Probe(GatewayId gateway, Optional<Claim> ignored) -> on(gateway, usual);
            case KeeperStep.Rediscover(GatewayId gateway, Optional<Claim> ignored) -> on(gateway, usual);
            case KeeperStep.Expire ignored -> new StepTime(usual, false);
        };
    }

    private static StepTime on(GatewayId gateway, Duration usual) {
        Duration exchange = gateway.method().traits().exchangeTime();
        return new StepTime(
                exchange.compareTo(usual) > 0 ? exchange : usual,
                gateway.method().traits().isSlow());
    }

    private static boolean mayBeSlow(List<TrackedMapping> wanted, GatewaySource gateways) {
        GatewaySelector selection = wanted.getFirst().desired().selection();
        return gateways.mayBeSlow(selection);
    }

    private static int failures(KeeperStep step) {
        return switch (step) {
            case KeeperStep.Open(List<TrackedMapping> wanted) ->
                wanted.getFirst().state() instanceof MappingState.Inactive inactive ? inactive.failures() : 0;
            case KeeperStep.Renew(TrackedMapping tracked, MappingState.Active open) -> open.failures();
            case KeeperStep.Remove(PendingRemoval removal) -> removal.failures();
            case KeeperStep.Verify ignored -> 0;
            case KeeperStep.Expire ignored -> 0;
            case KeeperStep.Probe ignored -> 0;
            case KeeperStep.Rediscover ignored -> 0;
        };
    }
}
