package dev.ajar.service;

import dev.ajar.history.LoggedEvent;
import dev.ajar.message.Message;
import dev.ajar.relay.RelayReport;
import java.util.List;
import java.util.Optional;

/**
 * The state of a {@link PortService}.
 *
 * @param keeper the process that renews the mappings; empty where none does
 * @param gateways those that have mappings, as the keeper sees them
 * @param events the last ones, oldest first
 */
public record WatchReport(
        Optional<Message> keeper,
        List<WatchRow> rows,
        List<GatewayRow> gateways,
        List<RelayReport> relays,
        List<LoggedEvent> events) {
    public WatchReport {
        rows = List.copyOf(rows);
        gateways = List.copyOf(gateways);
        relays = List.copyOf(relays);
        events = List.copyOf(events);
    }

    /** Without what changes although nothing happens: equal for two reports whose difference no follower needs. */
    public WatchReport fingerprint() {
        return new WatchReport(keeper, rows.stream().map(WatchRow::withoutTimes).toList(), gateways, List.of(), events);
    }
}
