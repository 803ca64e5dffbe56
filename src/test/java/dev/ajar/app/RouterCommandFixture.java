package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlRequest;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.StateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.NoDaemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on a network whose default gateway has a fake of a router's own interface. */
abstract class RouterCommandFixture {
    private static final String CARD = "02:00:00:00:00:01";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    final EmbeddedRouter network;
    final Map<String, String> more = new HashMap<>();
    volatile Duration later = Duration.ZERO;
    String card = CARD;
    boolean forgetsCard;
    boolean person;
    String password = FakeInterface.PASSWORD;

    RouterCommandFixture() throws IOException {
        network = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
    }

    @AfterEach
    void stop() {
        network.close();
    }

    /** Real time, and as much later as the test says. */
    private final class LaterTimeline implements Timeline {
        private final Timeline system = new SystemTimeline();

        @Override
        public Instant instant() {
            return system.instant().plus(later);
        }

        @Override
        public Duration elapsed() {
            return system.elapsed().plus(later);
        }

        @Override
        public Duration uptime() {
            return system.uptime().plus(later);
        }
    }

    InProcess.Outcome ajar(String... arguments) {
        return ajar(network, arguments);
    }

    InProcess.Outcome ajar(EmbeddedRouter network, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of("AJAR_STATE_HOME", home.toString()));
        environment.putAll(more);
        if (!password.isEmpty()) {
            environment.put("AJAR_ROUTER_PASSWORD", password);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicBoolean forgotten = new AtomicBoolean(forgetsCard);
        int exitCode = Main.run(
                EmbeddedWiring.of(network, new LaterTimeline()),
                new RouterPlugin(
                        environment,
                        address -> forgotten.getAndSet(false) ? Optional.empty() : Optional.of(card),
                        Optional.empty(),
                        true,
                        person),
                environment,
                out,
                err,
                arguments);
        return new InProcess.Outcome(
                exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * As the daemon runs a command of its page, whose user is told what to do; {@code told} is null where there is
     * none.
     */
    ControlRequest.Response inDaemon(StateStore store, @Nullable List<String> told, String... arguments) {
        Map<String, String> environment =
                Map.of("AJAR_STATE_HOME", home.toString(), "AJAR_ROUTER_PASSWORD", FakeInterface.PASSWORD);
        RouterPlugin plugin =
                new RouterPlugin(environment, address -> Optional.of(CARD), Optional.empty(), false, false);
        Wiring network = EmbeddedWiring.of(this.network, new LaterTimeline());
        return new DaemonCommands(approval -> network.with(plugin.protocol(approval)))
                .run(
                        new ControlRequest(List.of(arguments), Map.of(), false, true),
                        store,
                        new NoDaemon(),
                        Optional.ofNullable(told).map(lines -> line -> lines.add(line.toString())));
    }

    void enrol(FakeInterface fake) {
        assertThat(ajar("router", "add", "--url", fake.base().toString(), "--yes")
                        .exitCode())
                .isZero();
    }
}
