package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlRequest;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's answers to commands, without the daemon itself. */
class DaemonBackendTest {
    @TempDir
    Path folder;

    private final MemoryStateStore disk = new MemoryStateStore();
    private final List<KeeperEvent> events = new ArrayList<>();
    private ServiceFixture machine;
    private ServiceContext context;
    private DaemonBackend backend;

    @BeforeEach
    void start() {
        machine = new ServiceFixture(folder);
        context = machine.context(Map.of());
        backend = new DaemonBackend(context, new LocalBackend(context));
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private Keeper attached() {
        return backend.attach(context.keepers()
                .keeper(
                        new KeeperStore(disk, backend.recording(events::add)),
                        context.allOwners(),
                        backend.recording(events::add)));
    }

    private void desire(int port) {
        Snapshot before = ((Result.Ok<Snapshot>) disk.load()).value();
        disk.save(before.with(new DesiredMapping(
                Samples.tcp(port),
                GatewaySelector.AUTO,
                new Owner.Configuration("ajar.toml"),
                Instant.now(),
                Optional.empty())));
    }

    private List<WatchRow> watched() {
        return ((Result.Ok<WatchReport>) backend.watch()).value().rows();
    }

    @Test
    void a_starting_daemon_shows_no_mappings_and_refuses_to_renew() {
        assertThat(watched()).isEmpty();
        assertThat(backend.renew(RenewalRequest.BY_HAND))
                .isInstanceOfSatisfying(
                        Result.Err.class, err -> assertThat(err.failure()).isInstanceOf(Failure.Busy.class));
    }

    @Test
    void a_renewal_reports_its_own_events_and_passes_them_on() {
        attached();
        desire(25565);
        RenewalResult first = ((Result.Ok<RenewalResult>) backend.renew(RenewalRequest.BY_HAND)).value();
        assertThat(first.open()).isEqualTo(1);
        assertThat(first.events()).extracting(LoggedEvent::code).contains("opened");
        assertThat(events.stream().map(KeeperEvent::code))
                .containsAll(first.events().stream().map(LoggedEvent::code).toList());

        RenewalResult second = ((Result.Ok<RenewalResult>) backend.renew(RenewalRequest.BY_HAND)).value();
        assertThat(second.open()).isEqualTo(1);
        assertThat(second.events()).isEmpty();
    }

    @Test
    void a_row_ends_with_the_last_event_of_its_mapping() {
        Keeper keeper = attached();
        desire(25565);
        keeper.pass();

        assertThat(watched()).singleElement().satisfies(row -> {
            assertThat(row.mapping()).isEqualTo("tcp 25565");
            assertThat(row.goesTo()).endsWith(":25565");
            assertThat(row.state()).isEqualTo(WatchRow.State.OPEN);
            assertThat(row.last()).hasToString("open");
            assertThat(row.secondsLeft()).isPresent();
        });
    }

    @Test
    void a_command_runs_on_the_daemons_store_and_names_its_keeper() {
        assertThat(backend.run(
                        new ControlRequest(List.of("list", "--json"), Map.of(), false, true), disk, Optional.empty()))
                .isEqualTo(new ControlRequest.Response(0, "list --json", "the ajar daemon, process 42"));
    }

    @Test
    void programs_relays_and_a_second_daemon_are_refused() {
        assertThat(backend.daemon(Optional.empty(), false, line -> {})).get().isInstanceOf(Failure.Busy.class);
        assertThat(backend.relay(
                        new RelayRequest(List.of(), List.of(), GatewaySelector.AUTO, Optional.empty()),
                        () -> {},
                        event -> {},
                        line -> {}))
                .get()
                .isInstanceOf(Failure.Unsafe.class);
    }
}
