package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.document.Advice;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.EventText;
import dev.ajar.launch.Launch;
import dev.ajar.launch.Program;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.CommandBackend.UnopenedMapping;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewing, watching and running programs on the embedded router, with a real state file. */
class LocalBackendTest {
    private static final String MAPPING = "[[mapping]]\nexternal = 25565\n";

    @TempDir
    Path folder;

    private ServiceFixture machine;
    private LocalBackend backend;

    @BeforeEach
    void start() {
        machine = new ServiceFixture(folder);
        backend = new LocalBackend(machine.context(Map.of()));
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private RenewalResult renewed() {
        return ((Result.Ok<RenewalResult>) backend.renew(RenewalRequest.BY_HAND)).value();
    }

    private static List<String> lines(RenewalResult result) {
        return result.events().stream()
                .map(event -> event.sentence().toString())
                .toList();
    }

    private List<WatchRow> watched() {
        return ((Result.Ok<WatchReport>) backend.watch()).value().rows();
    }

    private List<String> history() {
        return backend.events(Duration.ofDays(1)).toOptional().orElseThrow().stream()
                .map(LoggedEvent::code)
                .toList();
    }

    private FileStateStore disk() {
        return new FileStateStore(machine.stateFolder(), Samples.PROTOCOLS, warning -> {});
    }

    @Test
    void a_configured_mapping_is_opened_once_and_closed_when_it_is_no_longer_configured() {
        machine.configure(MAPPING);
        RenewalResult first = renewed();
        assertThat(lines(first)).anySatisfy(line -> assertThat(line).startsWith("open  tcp "));
        assertThat(first.open()).isEqualTo(1);
        assertThat(machine.router().table()).singleElement().asString().contains("25565");

        RenewalResult second = renewed();
        assertThat(second.events()).isEmpty();
        assertThat(second.open()).isEqualTo(1);

        machine.configure("");
        RenewalResult third = renewed();
        assertThat(lines(third)).containsExactly("closed  tcp 25565");
        assertThat(history()).containsExactly("opened", "closed");
        assertThat(third.open()).isZero();
        assertThat(machine.router().table()).isEmpty();
    }

    private RenewalResult renewedByCron(int minutes) {
        return ((Result.Ok<RenewalResult>) backend.renew(
                        new RenewalRequest(Optional.empty(), true, Optional.of(Duration.ofMinutes(minutes)))))
                .value();
    }

    @Test
    void a_lease_too_short_for_the_interval_is_said_and_then_known_to_have_been_said() {
        machine.configure(MAPPING);
        assertThat(renewedByCron(20).tooShort()).isEmpty();

        RenewalResult first = renewedByCron(120);
        assertThat(first.tooShort()).singleElement().satisfies(one -> {
            assertThat(one.label()).isEqualTo("tcp 25565");
            assertThat(one.told()).isFalse();
        });
        assertThat(renewedByCron(120).tooShort())
                .singleElement()
                .satisfies(one -> assertThat(one.told()).isTrue());
        assertThat(renewed().tooShort()).as("by hand no run follows").isEmpty();
    }

    @Test
    void a_run_waits_for_another_ajar() {
        machine.configure(MAPPING);
        StateStore.Lock lock = ((Result.Ok<StateStore.Lock>) disk().lock()).value();
        List<Message> told = new CopyOnWriteArrayList<>();
        CompletableFuture<RenewalResult> run;
        try {
            run = CompletableFuture.supplyAsync(
                    () -> ((Result.Ok<RenewalResult>) backend.renew(RenewalRequest.BY_HAND, told::add)).value());
            Awaitility.await().until(LocalBackendTest::isWaitingForLock);
        } finally {
            lock.close();
        }
        assertThat(run.join().open()).isEqualTo(1);
        assertThat(told).extracting(Message::key).containsExactly("command.renew-waits");
        assertThat(machine.warnings()).as("which are in English only").isEmpty();
    }

    private static boolean isWaitingForLock() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(RenewalPass.class.getName())
                        && frame.getMethodName().equals("lock"));
    }

    /** The file decides: a mapping of a file that was deleted ends as well. */
    @Test
    void a_mapping_ends_with_its_configuration_file() {
        machine.configure(MAPPING);
        renewed();
        machine.unconfigure();

        assertThat(lines(renewed())).containsExactly("closed  tcp 25565");
    }

    @Test
    void a_mistake_in_the_configuration_is_reported_with_its_line_and_nothing_is_opened() {
        machine.configure(MAPPING + "colour = \"red\"\n");

        assertThat(backend.renew(RenewalRequest.BY_HAND))
                .isInstanceOfSatisfying(
                        Result.Err.class,
                        err -> assertThat(err.failure().detail().toString())
                                .contains("ajar.toml:3: there is no \"colour\" here"));
        assertThat(machine.router().table()).isEmpty();
    }

    @Test
    void a_file_the_user_names_has_to_exist() {
        assertThat(backend.renew(
                        new RenewalRequest(Optional.of(folder.resolve("other.toml")), false, Optional.empty())))
                .isInstanceOfSatisfying(
                        Result.Err.class,
                        err -> assertThat(err.failure()).isInstanceOf(Failure.BadConfiguration.class));
    }

    @Test
    void a_mapping_that_cannot_be_opened_is_reported_with_its_reason() {
        machine.configure(MAPPING + "family = \"ipv6\"\n");
        RenewalResult result = renewed();

        assertThat(result.open()).isZero();
        assertThat(result.troubles()).extracting(UnopenedMapping::label).containsExactly("tcp 25565");
        assertThat(result.troubles().getFirst().failure()).isInstanceOf(Failure.NoIpv6.class);
    }

    @Test
    void a_mapping_of_a_program_that_has_ended_is_removed() {
        Snapshot before = ((Result.Ok<Snapshot>) disk().load()).value();
        try (var lock = ((Result.Ok<StateStore.Lock>) disk().lock()).value()) {
            assertThat(lock).isNotNull();
            disk().save(before.with(new DesiredMapping(
                    Samples.tcp(25565), GatewaySelector.AUTO, ServiceFixture.ENDED, Instant.now(), Optional.empty())));
        }

        RenewalResult result = renewed();

        assertThat(result.open()).isZero();
        assertThat(((Result.Ok<Snapshot>) disk().load()).value().desiredMappings())
                .noneMatch(desired -> desired.owner() instanceof Owner.Launch);
    }

    @Test
    void a_second_daemon_names_the_first_and_does_not_advise_to_try_again() throws IOException {
        StateStore.Lock first = disk().lockForLife().toOptional().orElseThrow();
        try (first) {
            Failure silent = secondDaemon();
            assertThat(silent.detail().toString()).contains("another ajar daemon already uses this state file");
            assertThat(Advice.of(silent)).singleElement().asString().contains("ajar watch", "End that process");

            TestedDaemon daemon = new TestedDaemon(machine, machine.stateFolder());
            try (daemon) {
                assertThat(secondDaemon().detail().toString())
                        .contains("the ajar daemon, process 42, already uses this state file");
            }
        }
    }

    @Test
    void what_a_running_program_keeps_open_is_said_to_be_renewed_by_it() {
        machine.configure("[[mapping]]\nexternal = \"25565-25566\"\nfamily = \"ipv4\"\n");
        renewed();
        assertThat(launchKeeper()).isEmpty();

        ownedBy(new Owner.Launch(42, Instant.EPOCH), 25565);
        assertThat(launchKeeper()).hasValue("ajar run or ajar relay, process 42: tcp 25565; the others: no process");
        assertThat(watched())
                .extracting(WatchRow::state)
                .containsExactlyInAnyOrder(WatchRow.State.OPEN, WatchRow.State.NOT_RENEWED);

        ownedBy(new Owner.Launch(42, Instant.EPOCH), 25566);
        assertThat(launchKeeper()).hasValue("ajar run or ajar relay, process 42");

        ownedBy(ServiceFixture.ENDED, 25565);
        ownedBy(ServiceFixture.ENDED, 25566);
        assertThat(launchKeeper()).isEmpty();
    }

    private Optional<String> launchKeeper() {
        List<ReportedMapping> open = machine.context(Map.of())
                .ports()
                .ports(disk(), backend)
                .recordedStatus()
                .mappings();
        return backend.launchKeeper(open).map(Message::toString);
    }

    private void ownedBy(Owner owner, int port) {
        Snapshot before = disk().load().toOptional().orElseThrow();
        List<DesiredMapping> desired = before.desiredMappings().stream()
                .map(one -> one.externalPort().number() == port
                        ? new DesiredMapping(one.mapping(), one.selection(), owner, one.madeAt(), one.until())
                        : one)
                .toList();
        assertThat(disk().save(new Snapshot(
                                desired,
                                before.mappingRecords(),
                                before.learned(),
                                before.manualRules(),
                                before.newer()))
                        .toOptional())
                .isPresent();
    }

    private Failure secondDaemon() {
        return backend.daemon(Optional.empty(), false, line -> {}).orElseThrow();
    }

    @Test
    void without_a_daemon_the_state_file_is_watched() {
        machine.configure(MAPPING);
        renewed();

        assertThat(watched()).singleElement().satisfies(row -> {
            assertThat(row.mapping()).isEqualTo("tcp 25565");
            assertThat(row.state()).isEqualTo(WatchRow.State.NOT_RENEWED);
            assertThat(row.secondsLeft())
                    .get()
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LONG)
                    .isBetween(3600L, 7200L);
        });
        assertThat(backend.keeper()).isEmpty();
    }

    @Test
    void a_program_runs_with_its_ports_open_and_they_are_closed_after_it() {
        List<String> table = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Program program = new Program() {
            @Override
            public String name() {
                return "server";
            }

            @Override
            public Running start() {
                table.addAll(machine.router().table());
                return new EndedProgram(3);
            }
        };

        Launch.LaunchOutcome outcome = backend.run(
                new Launch.LaunchPlan(program, List.of(Samples.tcp(25565)), List.of(GatewaySelector.AUTO), true, false),
                event -> told.add(EventText.of(event).toString()),
                failure -> told.add(failure.detail().toString()));

        assertThat(outcome).isEqualTo(new Launch.LaunchOutcome.Ended(3));
        assertThat(table).singleElement().asString().contains("25565");
        assertThat(told).anySatisfy(line -> assertThat(line).startsWith("open  tcp "));
        assertThat(history()).containsExactly("opened", "closed");
        assertThat(machine.router().table()).isEmpty();
    }

    private record EndedProgram(int exitCode) implements Program.Running {
        @Override
        public boolean isRunning() {
            return false;
        }

        @Override
        public void whenEnded(Runnable action) {
            action.run();
        }

        @Override
        public int await() {
            return exitCode;
        }
    }

    @Test
    void the_environment_takes_precedence_over_the_configuration_file() {
        machine.configure("[defaults]\nlease = \"2h\"\nmethod = \"pcp\"\n");
        LocalBackend other = new LocalBackend(machine.context(Map.of("AJAR_LEASE", "30m")));

        assertThat(other.setting("lease")).contains("30m");
        assertThat(other.setting("method")).contains("pcp");
        assertThat(other.setting("gateway")).isEmpty();
    }

    @Test
    void a_question_goes_to_the_user() {
        assertThat(backend.agrees("Open it there too?")).isTrue();
        assertThat(machine.questions()).containsExactly("Open it there too?");
        assertThat(backend.pause(Duration.ofDays(1))).isTrue();
    }
}
