package dev.ajar.metrics;

import static dev.ajar.metrics.MetricFamily.counter;
import static dev.ajar.metrics.MetricFamily.gauge;
import static dev.ajar.metrics.MetricFamily.info;

import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.RouterText;
import dev.ajar.state.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The families that {@code docs/metrics.md} lists, from the daemon's state: pure. No label has a visitor's address. */
public final class DaemonMetrics {
    private DaemonMetrics() {}

    /** @param version of ajar */
    public static List<MetricFamily> of(String version, DaemonState state, EventCounts.Counts counts) {
        List<MetricFamily> families = new ArrayList<>();
        families.add(info("ajar_build", "The version of ajar.")
                .with(1, "version", version)
                .build());
        families.add(gauge("process_start_time_seconds", "When the daemon began, in seconds since 1970.")
                .with(seconds(state.started()))
                .build());
        families.addAll(mappings(state));
        families.add(routers(state.gateways()));
        families.add(byReason("ajar_losses", "Mappings that were open and no longer are.", counts.losses()));
        families.add(
                byReason("ajar_repairs", "Mappings that were made again, by why they were lost.", counts.repairs()));
        families.add(
                byReason("ajar_failures", "Requests for a mapping that a router did not grant.", counts.failures()));
        families.add(counter("ajar_external_address_changes", "Changes of a router's address on the internet.")
                .with((double) counts.addressChanges())
                .build());
        families.addAll(RelayMetrics.of(state.relays()));
        return List.copyOf(families);
    }

    private static List<MetricFamily> mappings(DaemonState state) {
        MetricFamily.Builder up = gauge("ajar_mapping_up", "Whether a wanted mapping is open.");
        MetricFamily.Builder end =
                gauge("ajar_mapping_lease_expires_timestamp_seconds", "When the lease ends, if it is not renewed.");
        MetricFamily.Builder confirmed = gauge(
                "ajar_mapping_confirmed_timestamp_seconds", "When the router last granted the mapping or showed it.");
        for (TrackedMapping tracked : state.tracked()) {
            String[] labels = labels(tracked);
            up.with(Readiness.isOpen(tracked) ? 1 : 0, labels);
            switch (tracked.state()) {
                case MappingState.Active open -> {
                    open.endsAt().ifPresent(at -> end.with(seconds(wall(at, state)), labels));
                    confirmed.with(seconds(wall(open.confirmedAt(), state)), labels);
                }
                case MappingState.Inactive ignored -> {}
            }
        }
        Readiness readiness = Readiness.of(state);
        return List.of(
                gauge("ajar_mappings_wanted", "Mappings that are to be open.")
                        .with(readiness.wanted())
                        .build(),
                gauge("ajar_mappings_open", "Mappings that are open.")
                        .with(readiness.open())
                        .build(),
                up.build(),
                end.build(),
                confirmed.build());
    }

    /** The moment of a clock that counts time asleep. */
    private static Instant wall(Duration moment, DaemonState state) {
        return state.now().plus(moment).minus(state.elapsed());
    }

    private static String[] labels(TrackedMapping tracked) {
        GatewaySelector selection = tracked.desired().selection();
        List<String> labels = new ArrayList<>(List.of(
                "protocol",
                tracked.desired().protocol().label(),
                "external_port",
                tracked.desired().externalPort().toString(),
                "family",
                selection.ipVersion().key(),
                "gateway",
                selection.gateway().map(Addresses::text).orElse(""),
                "name",
                new RouterText(tracked.desired().mapping().description()).display()));
        // Only here: an alert on the series of other owners goes on as it was.
        if (tracked.desired().owner() instanceof Owner.Container(String ignored, String name)) {
            labels.addAll(List.of("container", new RouterText(name).display()));
        }
        return labels.toArray(String[]::new);
    }

    private static MetricFamily routers(List<GatewayStatus> gateways) {
        MetricFamily.Builder up =
                gauge("ajar_router_up", "Whether a router that has mappings answered the last request.");
        gateways.forEach(one -> up.with(
                one.silent() ? 0 : 1,
                "router",
                Addresses.text(one.gateway().address()),
                "method",
                one.gateway().method().title()));
        return up.build();
    }

    private static MetricFamily byReason(String name, String help, Map<String, Long> counts) {
        MetricFamily.Builder family = counter(name, help);
        counts.forEach((reason, count) -> family.with(count, "reason", reason));
        return family.build();
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }
}
