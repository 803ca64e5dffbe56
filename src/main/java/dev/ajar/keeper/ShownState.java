package dev.ajar.keeper;

import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.EpochRule;
import java.util.List;

/**
 * What other threads see of the keeper: copies of after the last pass, where exchanges are not on the keeper's own
 * thread.
 */
final class ShownState {
    private final KeeperState state;
    private final ExchangeDispatcher dispatcher;
    private volatile List<TrackedMapping> mappings = List.of();
    private volatile List<GatewayStatus> gateways = List.of();

    ShownState(KeeperState state, ExchangeDispatcher dispatcher) {
        this.state = state;
        this.dispatcher = dispatcher;
    }

    /** On the keeper's thread. */
    void publish() {
        if (!dispatcher.exchanges().areInline()) {
            mappings = List.copyOf(state.tracked());
            gateways = health();
        }
    }

    List<TrackedMapping> tracked() {
        return dispatcher.exchanges().areInline() ? List.copyOf(state.tracked()) : mappings;
    }

    List<GatewayStatus> gateways() {
        return dispatcher.exchanges().areInline() ? health() : gateways;
    }

    private List<GatewayStatus> health() {
        return state.healthByGateway().entrySet().stream()
                .map(entry -> new GatewayStatus(
                        entry.getKey(),
                        entry.getValue().isSilent(),
                        entry.getValue().address().flatMap(address -> address),
                        entry.getValue()
                                .reading()
                                .filter(reading -> !entry.getValue().isUnsteady())
                                .map(EpochRule.Reading::at)))
                .toList();
    }
}
