package dev.ajar.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.Promtool;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DaemonMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z");
    private static final Duration ELAPSED = Duration.ofHours(5);

    private static TrackedMapping mapping(MappingState state) {
        return new TrackedMapping(EventSamples.DESIRED, state, Optional.empty(), List.of());
    }

    private static TrackedMapping open() {
        KeeperEvent.Repaired repaired = (KeeperEvent.Repaired) EventSamples.REPAIRED;
        return mapping(new MappingState.Active(
                repaired.lease(),
                ELAPSED.minusMinutes(10),
                Optional.empty(),
                ELAPSED,
                ELAPSED.minusMinutes(1),
                0,
                false,
                false));
    }

    private static TrackedMapping closed() {
        return mapping(new MappingState.Inactive(ELAPSED, 1, true, Optional.empty()));
    }

    private static DaemonState state(TrackedMapping... tracked) {
        RuleStatus rule = new RuleStatus(
                new RuleKey(TransportProtocol.TCP, new Port(8554)),
                new Endpoint(Samples.NEIGHBOUR, new Port(554)),
                Optional.empty(),
                3,
                7,
                100,
                2000,
                4000,
                Map.of(Refusal.FULL, 5L));
        return new DaemonState(
                NOW.minusSeconds(600),
                NOW,
                ELAPSED,
                true,
                List.of(tracked),
                List.of(new GatewayStatus(EventSamples.GATEWAY, true, Optional.empty(), Optional.empty())),
                List.of(new RelayReport(42, Optional.empty(), List.of(rule))));
    }

    private static String text(DaemonState state, EventCounts counts) {
        return Exposition.write(DaemonMetrics.of("1.2.3", state, counts.counts()), ExpositionFormat.TEXT);
    }

    @Test
    void an_open_mapping_has_its_lease_end() {
        assertThat(text(state(open()), new EventCounts()))
                .contains("ajar_build_info{version=\"1.2.3\"} 1\n")
                .contains("process_start_time_seconds 1795438200\n")
                .contains("ajar_mappings_wanted 1\n")
                .contains("ajar_mappings_open 1\n")
                .containsPattern("ajar_mapping_up\\{protocol=\"tcp\",external_port=\"25565\",family=\"ipv4\","
                        + "gateway=\"\",name=\"[^\"]+\"} 1\n")
                .containsPattern("ajar_mapping_lease_expires_timestamp_seconds\\{[^}]*} "
                        + NOW.plusSeconds(3000).getEpochSecond() + "\n")
                .containsPattern("ajar_mapping_confirmed_timestamp_seconds\\{[^}]*} "
                        + NOW.minusSeconds(60).getEpochSecond() + "\n")
                .contains("ajar_router_up{router=\"192.168.77.1\",method=\"PCP\"} 0\n");
    }

    @Test
    void a_mapping_that_a_container_asked_for_names_it() {
        DesiredMapping desired = new DesiredMapping(
                Samples.tcp(80),
                GatewaySelector.AUTO,
                new Owner.Container("unix:///run/docker.sock", "web\u001b[31m\"x"),
                NOW,
                Optional.empty());
        DaemonState state = state(
                new TrackedMapping(
                        desired,
                        new MappingState.Inactive(ELAPSED, 1, true, Optional.empty()),
                        Optional.empty(),
                        List.of()),
                closed());

        assertThat(text(state, new EventCounts()))
                .containsPattern("ajar_mapping_up\\{[^}]*external_port=\"80\"[^}]*,container=\"web[^\u001b]*x\"} 0\n")
                .containsPattern("ajar_mapping_up\\{[^}]*external_port=\"25565\"[^}]*name=\"[^\"]+\"} 0\n");
    }

    @Test
    void a_mapping_that_is_not_open_is_shown_as_such() {
        DaemonState state = state(closed());
        assertThat(text(state, new EventCounts()))
                .containsPattern("ajar_mapping_up\\{[^}]*} 0\n")
                .doesNotContainPattern("ajar_mapping_lease_expires_timestamp_seconds\\{");
        assertThat(Readiness.of(state)).isEqualTo(new Readiness(true, 0, 1));
        assertThat(Readiness.of(state).isReady()).isFalse();
        assertThat(Readiness.of(state(open())).isReady()).isTrue();
        assertThat(new Readiness(false, 0, 0).isReady()).isFalse();
    }

    @Test
    void the_relay_tells_connections_bytes_and_refusals() {
        assertThat(text(state(), new EventCounts()))
                .contains("ajar_relay_up{protocol=\"tcp\",external_port=\"8554\"} 1\n")
                .contains("ajar_relay_connections{protocol=\"tcp\",external_port=\"8554\"} 3\n")
                .contains("ajar_relay_accepted_total{protocol=\"tcp\",external_port=\"8554\"} 100\n")
                .contains("ajar_relay_bytes_total{protocol=\"tcp\",external_port=\"8554\",direction=\"in\"} 2000\n")
                .contains("ajar_relay_bytes_total{protocol=\"tcp\",external_port=\"8554\",direction=\"out\"} 4000\n")
                .contains("ajar_relay_refused_total{protocol=\"tcp\",external_port=\"8554\",reason=\"full\"} 5\n")
                .contains("ajar_relay_refused_total{protocol=\"tcp\",external_port=\"8554\",reason=\"idle\"} 0\n");
    }

    @Test
    void a_repair_counts_for_the_reason_of_the_loss() {
        EventCounts counts = new EventCounts();
        assertThat(text(state(), counts)).contains("ajar_repairs_total{reason=\"router_restarted\"} 0\n");
        counts.count(EventSamples.LOST);
        counts.count(EventSamples.REPAIRED);
        counts.count(EventSamples.REPAIRED);
        assertThat(text(state(), counts))
                .contains("ajar_losses_total{reason=\"router_restarted\"} 1\n")
                .contains("ajar_repairs_total{reason=\"router_restarted\"} 1\n")
                .contains("ajar_repairs_total{reason=\"other_port\"} 1\n");
    }

    @Test
    void losses_of_mappings_that_are_no_longer_wanted_leave_room_for_others() {
        EventCounts counts = new EventCounts();
        Message why = Message.of("keeper.router-restarted");
        for (int i = 0; i < 1000; i++) {
            DesiredMapping gone = new DesiredMapping(
                    EventSamples.DESIRED.mapping(),
                    EventSamples.DESIRED.selection(),
                    EventSamples.DESIRED.owner(),
                    NOW.plusSeconds(i),
                    Optional.empty());
            counts.count(new KeeperEvent.Lost(gone, why));
        }
        counts.count(EventSamples.LOST);
        counts.count(EventSamples.REPAIRED);
        assertThat(text(state(), counts)).contains("ajar_repairs_total{reason=\"router_restarted\"} 1\n");
    }

    @Test
    void prometheus_reads_what_every_event_leaves() {
        EventCounts counts = new EventCounts();
        EventSamples.all().forEach(counts::count);
        String text = text(state(open(), closed()), counts);
        assertThat(text)
                .contains("ajar_external_address_changes_total 2\n")
                .contains("ajar_failures_total{reason=\"refused\"} 2\n")
                .contains("ajar_failures_total{reason=\"contested\"} 2\n");
        Promtool.require();
        Promtool.checkMetrics(text);
    }
}
