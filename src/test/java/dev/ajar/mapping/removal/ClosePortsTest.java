package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.OneGateway;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.system.MissingHome;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What closing a port does to the router and to the state file. */
class ClosePortsTest {
    private static final CloseRequest PORT = new CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565));
    private static final GatewaySelector ANOTHER_ROUTER = new GatewaySelector(
            GatewaySelector.AUTO.protocols(), Optional.of(Samples.ip("192.168.88.1")), Optional.empty());
    private static final Presence OURS =
            new Presence.Present(OneGateway.entry(Samples.HERE, "ajar 25565 tcp " + OneGateway.MARK));

    private final OneGateway gateway = new OneGateway();
    private final MemoryStateStore store = new MemoryStateStore();

    private DesiredMapping desired() {
        return desired(new Owner.User());
    }

    private DesiredMapping desired(Owner owner) {
        return new DesiredMapping(
                Samples.tcp(25565), GatewaySelector.AUTO, owner, gateway.timeline.instant(), Optional.empty());
    }

    private CloseReport report(GatewaySelector selection, boolean force) {
        return new ClosePorts(gateway, store, gateway.timeline, Progress.silent())
                .run(List.of(PORT), selection, force, TimeBudget.of(gateway.timeline, Duration.ofSeconds(10)));
    }

    private CloseOutcome close(GatewaySelector selection, boolean force) {
        CloseReport report = report(selection, force);
        assertThat(report.failure()).isEmpty();
        return report.outcomes().getFirst();
    }

    private CloseOutcome close() {
        return close(GatewaySelector.AUTO, false);
    }

    private Snapshot state() {
        return store.load().toOptional().orElseThrow();
    }

    @Test
    void a_port_that_ajar_opened_is_closed_and_no_longer_recorded_or_desired() {
        store.save(Snapshot.EMPTY.with(gateway.opened()).with(desired()));
        gateway.presence = OURS;

        assertThat(close()).isInstanceOf(CloseOutcome.Closed.class);
        assertThat(gateway.changes).containsExactly("unmap 25565 of 192.168.77.10:25565");
        assertThat(state()).isEqualTo(Snapshot.EMPTY);
    }

    @Test
    void who_kept_a_port_open_is_told_with_the_consequence() {
        Owner launch = new Owner.Launch(4242, gateway.timeline.instant());
        Owner file = new Owner.Configuration("/etc/ajar.toml");
        store.save(Snapshot.EMPTY.with(gateway.opened()).with(desired(launch)).with(desired(file)));
        gateway.presence = OURS;

        CloseReport report = report(GatewaySelector.AUTO, false);

        assertThat(report.notes().toString())
                .contains("process 4242", "does not open it again")
                .contains("/etc/ajar.toml", "ajar renew open the port again");
    }

    /** As open and status say it. */
    @Test
    void without_a_network_the_router_is_not_called_silent() {
        store.save(Snapshot.EMPTY.with(gateway.opened()));
        gateway.reopened = Result.err(new Failure.NoGateway(Message.verbatim("PCP at 192.168.77.1 no longer answers")));
        gateway.missing = Optional.of(new MissingHome.Unconnected());

        assertThat(close())
                .isInstanceOfSatisfying(
                        CloseOutcome.Failed.class,
                        failed -> assertThat(failed.failure().detail().toString())
                                .isEqualTo("this machine is on no network with a router"));
        assertThat(state().mappingRecords()).hasSize(1);
    }

    @Test
    void a_port_that_could_not_be_closed_stays_in_the_state_file_to_be_closed_later() {
        store.save(Snapshot.EMPTY.with(gateway.opened()).with(desired()));
        gateway.presence = OURS;
        gateway.removed = Result.err(new Failure.TimedOut(Message.verbatim("the router did not answer")));

        assertThat(close()).isInstanceOf(CloseOutcome.Failed.class);
        assertThat(state().mappingRecords()).singleElement().matches(MappingRecord::leaving);
        assertThat(state().desiredMappings()).isEmpty();
    }

    @Test
    void a_router_that_is_gone_keeps_its_record_unless_forced() {
        store.save(Snapshot.EMPTY.with(gateway.opened()));
        gateway.reopened = Result.err(new Failure.NoGateway(Message.verbatim("no router answered")));

        assertThat(close()).isInstanceOf(CloseOutcome.Failed.class);
        assertThat(state().mappingRecords()).hasSize(1);
        assertThat(close(GatewaySelector.AUTO, true)).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(state().mappingRecords()).isEmpty();
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void a_desired_mapping_that_never_came_to_be_is_forgotten_without_a_request() {
        store.save(Snapshot.EMPTY.with(desired()));
        gateway.presence = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(close()).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(state().desiredMappings()).isEmpty();
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void a_mapping_on_another_router_than_the_named_one_is_left_alone() {
        store.save(Snapshot.EMPTY.with(gateway.opened()));
        gateway.presence = new Presence.Absent();

        assertThat(close(ANOTHER_ROUTER, false)).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(state().mappingRecords()).hasSize(1);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void the_entry_of_another_program_is_left_alone_and_the_record_dropped() {
        store.save(Snapshot.EMPTY.with(gateway.opened()));
        gateway.presence = new Presence.Present(OneGateway.entry(Samples.NEIGHBOUR, "game"));

        assertThat(close()).isInstanceOf(CloseOutcome.WasNotOpen.class);
        assertThat(state().mappingRecords()).isEmpty();
        assertThat(gateway.changes).isEmpty();
    }
}
