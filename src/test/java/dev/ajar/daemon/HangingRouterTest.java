package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.SocketLocation;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The daemon with a router on loopback that accepts requests over TCP and never answers them. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class HangingRouterTest {
    /** A limit for waits that would otherwise hang. */
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path home = Path.of("");

    private Optional<ControlRequest.Response> ask(String... arguments) {
        return ControlClient.ask(
                SocketLocation.of(home), new ControlRequest(List.of(arguments), Map.of(), false, false));
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }

    /** Accepts requests about ports 20000 to 20049, and never answers them. */
    private static EmbeddedRouter hanging() throws IOException {
        Pattern some = Pattern.compile("<NewExternalPort>200[0-4][0-9]<");
        return EmbeddedRouter.start(
                RouterScript.standard()
                        .speaking(Speaks.UPNP)
                        .with(new Fault(
                                "soap",
                                Optional.of(some),
                                Optional.empty(),
                                Integer.MAX_VALUE,
                                new Reaction.Silence())),
                new SystemTimeline());
    }

    private static int[] fifty() {
        return IntStream.range(20_000, 20_050).toArray();
    }

    @Test
    void fifty_mappings_on_a_router_that_hangs_keep_no_command_waiting() throws IOException {
        try (EmbeddedRouter hanging = hanging();
                DaemonRig rig = new DaemonRig(hanging, home, DaemonRig.configuration(List.of(), fifty()))) {
            rig.start();
            await().atMost(LONG).until(() -> hanging.asked("soap") > 0);
            int logged = rig.log.size();
            long begin = System.nanoTime();

            assertThat(ask("open", "8443").orElseThrow()).satisfies(done -> {
                assertThat(done.exitCode()).as(done.err()).isZero();
                assertThat(done.out()).contains("203.0.113.7:8443");
            });

            MeasurementLog.record(
                    "a command begins beside a router that hangs after", millis(rig.commandBegunAt - begin));
            assertThat(rig.logAtCommand)
                    .as("the exchange before has been cut short, and so says nothing")
                    .hasSize(logged);
            assertThat(ask("close", "8443").orElseThrow().exitCode()).isZero();
            assertThat(hanging.table()).isEmpty();
        }
    }

    @Test
    void a_command_that_hangs_keeps_no_other_command_waiting() throws IOException {
        try (EmbeddedRouter hanging = hanging();
                DaemonRig rig = new DaemonRig(hanging, home, DaemonRig.configuration(List.of(), 25565))) {
            rig.start();
            await().atMost(LONG).until(() -> rig.log.stream().anyMatch(line -> line.startsWith("open  ")));
            CompletableFuture<Optional<ControlRequest.Response>> slow =
                    CompletableFuture.supplyAsync(() -> ask("open", "20001", "--timeout", "60s"));
            await().atMost(LONG)
                    .until(() -> hanging.arrivals().stream()
                            .anyMatch(arrival -> arrival.toString().contains("20001")));

            assertThat(ask("open", "8443").orElseThrow().exitCode()).isZero();

            assertThat(slow).isNotDone();
            rig.stop(false);
            assertThat(slow).as("a command ends with its daemon").succeedsWithin(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_end_closes_what_another_router_answers_and_notes_the_rest() throws IOException {
        InetAddress address = Samples.ip("127.0.0.2");
        RouterScript.Builder script = new RouterScript.Builder();
        script.address = address;
        script.speaks = Set.of(Speaks.UPNP);
        try (EmbeddedRouter hanging = hanging();
                EmbeddedRouter answering = EmbeddedRouter.start(script.script(), new SystemTimeline())) {
            GatewaySelector named = new GatewaySelector(
                    ProtocolChoice.AUTOMATIC, Optional.of(address), Optional.of(answering.location()));
            List<KeptConfiguration.SourceLine> lines = new ArrayList<>();
            for (int port : fifty()) {
                lines.add(new KeptConfiguration.SourceLine(
                        "port " + port, Samples.tcp(port), GatewaySelector.AUTO, List.of()));
            }
            lines.add(new KeptConfiguration.SourceLine("named", Samples.tcp(30_000), named, List.of()));
            DaemonRig rig = new DaemonRig(
                    hanging, home, new DaemonConfig(new KeptConfiguration("ajar.toml", lines, List.of()), List.of()));
            rig.start();
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(answering.table()).as("%s", rig.log).hasSize(1));
            await().atMost(LONG).until(() -> hanging.asked("soap") > 0);
            long begin = System.nanoTime();

            rig.stop(false);

            MeasurementLog.record("the daemon's end beside a router that hangs", millis(System.nanoTime() - begin));
            assertThat(answering.table()).isEmpty();
            assertThat(new FileStateStore(home, Samples.PROTOCOLS, line -> {})
                            .load()
                            .toOptional()
                            .orElseThrow()
                            .mappingRecords())
                    // What the router was not asked for cannot be open there, so it needs no record.
                    .allMatch(MappingRecord::leaving);
        }
    }
}
