package dev.ajar.metrics;

import static dev.ajar.metrics.MetricFamily.counter;
import static dev.ajar.metrics.MetricFamily.gauge;
import static dev.ajar.metrics.MetricFamily.summed;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleStatus;
import java.util.List;

/** The families of the relay. Who connects is in no label. */
final class RelayMetrics {
    private RelayMetrics() {}

    static List<MetricFamily> of(List<RelayReport> relays) {
        MetricFamily.Builder up = gauge("ajar_relay_up", "Whether the rule of a relay listens.");
        MetricFamily.Builder now = summed("ajar_relay_connections", "Connections, or sessions of UDP, at present.");
        MetricFamily.Builder all =
                counter("ajar_relay_accepted", "Connections, or sessions of UDP, that were relayed.");
        MetricFamily.Builder bytes = counter("ajar_relay_bytes", "Bytes that were relayed.");
        MetricFamily.Builder refused =
                counter("ajar_relay_refused", "Connections and datagrams that were refused or ended, by reason.");
        for (RelayReport relay : relays) {
            for (RuleStatus rule : relay.rules()) {
                String protocol = rule.rule().protocol().label();
                String port = rule.rule().port().toString();
                up.with(rule.trouble().isEmpty() ? 1 : 0, "protocol", protocol, "external_port", port);
                now.with((double) rule.now(), "protocol", protocol, "external_port", port);
                all.with((double) rule.total(), "protocol", protocol, "external_port", port);
                bytes.with((double) rule.in(), "protocol", protocol, "external_port", port, "direction", "in");
                bytes.with((double) rule.out(), "protocol", protocol, "external_port", port, "direction", "out");
                for (Refusal why : Refusal.values()) {
                    refused.with(
                            rule.refused().getOrDefault(why, 0L),
                            "protocol",
                            protocol,
                            "external_port",
                            port,
                            "reason",
                            why.code());
                }
            }
        }
        return List.of(up.build(), now.build(), all.build(), bytes.build(), refused.build());
    }
}
