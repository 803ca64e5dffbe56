package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.control.ControlAnswer;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.history.EventLog;
import dev.ajar.history.LoggedEvent;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RuleKey;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon from start to end with an embedded router: everything except systemd and multicast. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@ValueSource(strings = {"unix", "tcp"})
@Execution(ExecutionMode.CONCURRENT)
class DaemonTest {
    /** A limit for waits that would otherwise hang. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final InetAddress OTHER_DEVICE = Samples.ip("127.0.0.66");
    private static final byte[] NOTIFY =
            "NOTIFY * HTTP/1.1\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PRINTER_NOTIFY =
            "NOTIFY * HTTP/1.1\r\nNT: urn:schemas-upnp-org:device:Printer:1\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path home = Path.of("");

    private final EmbeddedRouter router;
    private final String kind;

    /** @param kind of socket */
    DaemonTest(String kind) throws IOException {
        this.kind = kind;
        router = EmbeddedRouter.start(RouterScript.standard().speaking(Speaks.UPNP), new SystemTimeline());
    }

    @AfterEach
    void switchOff() {
        router.close();
    }

    private DaemonRig daemon(DaemonConfig configuration) {
        return new DaemonRig(router, home, configuration, kind);
    }

    private static DaemonConfig ports(int... numbers) {
        return DaemonRig.configuration(List.of(), numbers);
    }

    private void awaitPorts(int... numbers) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(router.table())
                        .extracting(entry -> Integer.parseInt(entry.split(" ", 3)[1]))
                        .containsExactlyInAnyOrder(
                                java.util.Arrays.stream(numbers).boxed().toArray(Integer[]::new)));
    }

    /** The daemon has also read the mapping back: before that, it would ask again for one that the router has lost. */
    private void awaitOpened(DaemonRig rig) {
        await().atMost(LONG).until(() -> rig.log.stream().anyMatch(line -> line.startsWith("open  ")));
    }

    private Optional<ControlRequest.Response> ask(String... arguments) {
        return ControlClient.ask(
                SocketLocation.of(home), new ControlRequest(List.of(arguments), Map.of(), false, false));
    }

    private static String watched(Path place) {
        return ControlClient.request(place, "watch", Map.of(), LONG) instanceof ControlAnswer.Document(JsonObject json)
                ? json.text("mappings")
                : "";
    }

    @Test
    void configured_ports_are_open_while_the_daemon_runs_and_closed_when_it_stops() {
        DaemonRig rig = daemon(ports(25565, 8443));
        rig.start();
        awaitPorts(25565, 8443);
        assertThat(SocketLocation.of(home))
                .isEqualTo(home.resolve(kind.equals("tcp") ? "control.tcp" : "control.sock"))
                .exists();

        rig.stop(false);

        assertThat(router.table()).isEmpty();
        assertThat(home.resolve("daemon")).doesNotExist();
        assertThat(home).isDirectoryNotContaining("glob:**control.*");
        assertThat(rig.relays.stopped).isTrue();
        assertThat(rig.halted).isFalse();
    }

    @Test
    void a_daemon_stopped_with_leave_leases_leaves_its_ports_open() {
        DaemonRig rig = daemon(ports(25565));
        rig.start();
        awaitPorts(25565);

        rig.stop(true);

        awaitPorts(25565);
    }

    @Test
    void a_command_over_the_socket_is_executed_and_answered() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitPorts(25565);

            assertThat(ask("open", "8443").orElseThrow()).satisfies(done -> {
                assertThat(done.exitCode()).as(done.err()).isZero();
                assertThat(done.out()).contains("203.0.113.7:8443");
            });
            awaitPorts(25565, 8443);
            assertThat(ask("open", "0").orElseThrow().exitCode()).isEqualTo(2);
            assertThat(ask("close", "8443").orElseThrow().exitCode()).isZero();
            awaitPorts(25565);
        }
        assertThat(ask("status")).isEmpty();
    }

    @Test
    void an_exception_in_a_command_fails_the_command_and_not_the_daemon() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitPorts(25565);

            assertThat(ask(DaemonRig.BROKEN).orElseThrow()).satisfies(done -> {
                assertThat(done.exitCode()).isEqualTo(1);
                assertThat(done.err()).contains("bug in ajar");
            });
            assertThat(ask("status").orElseThrow().out()).contains("25565");
        }
    }

    @Test
    void a_client_that_only_looks_does_not_wait_for_a_slow_command() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitPorts(25565);
            Path place = SocketLocation.of(home);
            await().atMost(Duration.ofSeconds(30)).until(() -> watched(place).equals("tcp 25565 Active"));
            CompletableFuture<Optional<ControlRequest.Response>> slow =
                    CompletableFuture.supplyAsync(() -> ask(DaemonRig.SLOW));

            assertThat(watched(place)).isEqualTo("tcp 25565 Active");
            assertThat(slow).isNotDone();
            rig.released.countDown();
            assertThat(slow).succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_new_configuration_opens_added_ports_and_closes_removed_ones() {
        try (DaemonRig rig = daemon(ports(25565, 8443))) {
            rig.start();
            awaitPorts(25565, 8443);

            rig.configuration.set(Result.ok(ports(8443, 27015)));
            rig.daemon.reload();

            awaitPorts(8443, 27015);
            await().atMost(LONG).until(() -> rig.log.contains("configuration read again"));
            assertThat(router.asked().stream().filter("AddPortMapping"::equals)).hasSize(3);
        }
    }

    @Test
    void a_configuration_with_errors_changes_nothing() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitPorts(25565);

            rig.configuration.set(Result.err(new Failure.BadConfiguration(Message.verbatim("line 3 is odd"))));
            rig.daemon.reload();

            await().atMost(LONG).until(() -> rig.log.contains("the configuration stays as it was: line 3 is odd"));
            awaitPorts(25565);
        }
        DaemonRig never = daemon(ports());
        never.configuration.set(Result.err(new Failure.BadConfiguration(Message.verbatim("line 3 is odd"))));
        assertThat(never.daemon.run()).containsInstanceOf(Failure.BadConfiguration.class);
    }

    @Test
    void a_kind_of_socket_that_does_not_exist_is_refused() {
        assertThat(new DaemonRig(router, home, ports(), "tpc").daemon.run())
                .containsInstanceOf(Failure.BadConfiguration.class)
                .get()
                .extracting(failure -> failure.detail().toString())
                .isEqualTo("AJAR_CONTROL is tpc, which is neither unix nor tcp; correct it, or leave it out");
    }

    @Test
    void an_announced_restart_is_checked_and_repaired_at_once() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitOpened(rig);
            router.forgetEverything();

            rig.ports.deliver(OTHER_DEVICE, NOTIFY);
            rig.ports.deliver(router.address(), PRINTER_NOTIFY);
            await().atMost(LONG).until(rig.ports::allHeard);
            assertThat(router.table())
                    .as("announcements of other devices are ignored")
                    .isEmpty();

            rig.ports.deliver(router.address(), NOTIFY);

            awaitPorts(25565);
            await().atMost(LONG).until(() -> rig.log.stream().anyMatch(line -> line.startsWith("open again  ")));
            assertThat(rig.ports.groups()).containsExactlyInAnyOrder("224.0.0.1:5350", "239.255.255.250:1900");
        }
    }

    @Test
    void what_happened_is_in_the_history_after_the_daemon_has_ended() {
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitOpened(rig);
            router.forgetEverything();
            rig.ports.deliver(router.address(), NOTIFY);
            awaitPorts(25565);
            await().atMost(LONG).until(() -> rig.log.stream().anyMatch(line -> line.startsWith("open again  ")));
        }

        List<LoggedEvent> events = EventLog.in(home, new SystemTimeline(), failure -> {})
                .since(Instant.EPOCH)
                .toOptional()
                .orElseThrow();
        assertThat(events).extracting(LoggedEvent::code).containsSubsequence("opened", "lost", "repaired", "closed");
        assertThat(events)
                .filteredOn(event -> event.code().equals("lost"))
                .singleElement()
                .satisfies(lost -> {
                    assertThat(lost.sentence()).hasToString("lost  tcp 25565: the router has dropped it");
                    assertThat(lost.reason()).contains(new LoggedEvent.Reason("dropped", "the router has dropped it"));
                });
    }

    @Test
    void a_history_that_cannot_be_written_costs_events_and_no_port() throws IOException {
        Files.createDirectory(home.resolve("events.jsonl"));
        try (DaemonRig rig = daemon(ports(25565))) {
            rig.start();
            awaitOpened(rig);
            router.forgetEverything();
            rig.ports.deliver(router.address(), NOTIFY);
            awaitPorts(25565);
            assertThat(home.resolve("state.json")).content().contains("25565");
            assertThat(rig.log)
                    .filteredOn(line -> line.contains("events.jsonl"))
                    .hasSize(1);
        }
        assertThat(router.table()).isEmpty();
    }

    @Test
    void the_program_of_a_mapping_runs_when_it_opens() throws IOException {
        Path variables = home.resolve("variables");
        String script = "env > \"$HOME/new\"; mv \"$HOME/new\" \"$HOME/variables\"";
        KeptConfiguration wanted = new KeptConfiguration(
                "ajar.toml",
                List.of(new KeptConfiguration.SourceLine(
                        "game", Samples.tcp(25565), GatewaySelector.AUTO, List.of("/bin/sh", "-c", script))),
                List.of("/bin/sh", "-c", "touch \"$HOME/general\""));
        try (DaemonRig rig = daemon(new DaemonConfig(wanted, List.of()))) {
            rig.start();

            await().atMost(LONG).until(() -> Files.exists(variables));
            assertThat(Files.readAllLines(variables))
                    .contains(
                            "AJAR_EVENT=opened",
                            "AJAR_NAME=ajar 25565 tcp",
                            "AJAR_PROTOCOL=tcp",
                            "AJAR_IP_VERSION=4",
                            "AJAR_EXTERNAL_PORT=25565",
                            "AJAR_INTERNAL_PORT=25565",
                            "AJAR_EXTERNAL_ADDRESS=203.0.113.7",
                            "AJAR_INTERNAL_ADDRESS=127.0.0.1",
                            "AJAR_METHOD=upnp",
                            "AJAR_LEASE_SECONDS=3600",
                            "HOME=" + home)
                    .as("no other variable of the daemon's environment")
                    .allMatch(line -> line.matches("(AJAR_|PATH=|HOME=|LANG=|PWD=|SHLVL=|_=).*"))
                    .noneMatch(line -> line.contains(DaemonRig.SECRET));
            assertThat(home.resolve("general"))
                    .as("the general program does not run")
                    .doesNotExist();
        }
    }

    @Test
    void the_port_of_a_relay_is_open_while_the_relay_listens() {
        DaemonConfig configuration = DaemonRig.configuration(List.of(8554), 25565, 8554);
        try (DaemonRig rig = daemon(configuration)) {
            rig.start();
            awaitPorts(25565);
            assertThat(rig.relays.wanted).isEqualTo(configuration.relays());

            rig.relays.report(Set.of(new RuleKey(TransportProtocol.TCP, new Port(8554))));
            awaitPorts(25565, 8554);

            rig.relays.report(Set.of());
            awaitPorts(25565);
            assertThat(rig.relays.resumed).hasValue(0);
        }
    }

    /** A relay that a user has stopped is relayed again when the configuration is read again, and not before. */
    @Test
    void stopped_relays_go_on_with_the_configuration_read_again() {
        try (DaemonRig rig = daemon(DaemonRig.configuration(List.of(8554), 8554))) {
            rig.start();
            assertThat(rig.relays.resumed).hasValue(0);
            rig.daemon.reload();
            await().atMost(LONG).until(() -> rig.relays.resumed.get() == 1);
            rig.configuration.set(Result.err(new Failure.BadConfiguration(Message.verbatim("wrong"))));
            rig.daemon.reload();
            await().atMost(LONG).until(() -> rig.log.stream().anyMatch(line -> line.contains("wrong")));
            assertThat(rig.relays.resumed).hasValue(1);
        }
    }
}
