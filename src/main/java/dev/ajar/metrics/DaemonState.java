package dev.ajar.metrics;

import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.relay.RelayReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The daemon at one moment.
 *
 * @param started when it began
 * @param now this moment
 * @param elapsed the same moment, on the clock that counts time asleep
 * @param passed whether the keeper has looked at its mappings yet
 * @param relays those that run on this machine
 */
public record DaemonState(
        Instant started,
        Instant now,
        Duration elapsed,
        boolean passed,
        List<TrackedMapping> tracked,
        List<GatewayStatus> gateways,
        List<RelayReport> relays) {
    public DaemonState {
        tracked = List.copyOf(tracked);
        gateways = List.copyOf(gateways);
        relays = List.copyOf(relays);
    }
}
