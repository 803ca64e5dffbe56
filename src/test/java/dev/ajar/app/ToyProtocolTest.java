package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.toy.ToyProtocol;
import dev.ajar.toy.ToyRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, JSON and the state file with a fourth protocol, of which no class outside its package knows. */
class ToyProtocolTest {
    private final Timeline timeline = new SystemTimeline();
    private final ToyRouter toy = new ToyRouter(timeline);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final EmbeddedRouter router;
    private final Wiring ordinary;
    private final Wiring withToy;

    ToyProtocolTest() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), timeline);
        ordinary = EmbeddedWiring.of(router, timeline);
        withToy = ordinary.with(new ProtocolPlugin(List.of(ToyProtocol.TOY), wiring -> toy));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private InProcess.Outcome ajar(Wiring wiring, String... arguments) {
        return InProcess.run(wiring, Map.of("AJAR_STATE_HOME", home.toString()), List.of(arguments));
    }

    private String state() throws IOException {
        return Files.readString(home.resolve("state.json"));
    }

    @Test
    void a_protocol_that_is_not_automatic_is_used_only_when_it_is_named() {
        assertThat(ajar(withToy, "open", "25565").exitCode()).isZero();
        assertThat(toy.ports()).isEmpty();
    }

    @Test
    void open_status_list_renew_and_close_know_it() throws IOException {
        InProcess.Outcome opened = ajar(withToy, "open", "25565", "--method", "toy", "--json");
        assertThat(opened.exitCode()).isZero();
        assertThat(opened.out()).contains("\"method\":\"toy\"", "\"external_address\":\"11.22.33.9\"");
        assertThat(toy.ports()).containsExactly(25565);
        assertThat(state()).contains("\"method\":\"toy\"", "\"ticket\":");

        assertThat(ajar(withToy, "status").out()).contains("tcp 25565", "Toy (127.0.0.1)");
        assertThat(ajar(withToy, "list", "--method", "toy").out()).contains("25565");
        assertThat(ajar(withToy, "open", "25565", "--method", "toy").exitCode()).isZero();
        assertThat(ajar(withToy, "renew").exitCode()).isZero();
        assertThat(ajar(withToy, "close", "25565").exitCode()).isZero();
        assertThat(toy.ports()).isEmpty();
    }

    @Test
    void a_mapping_of_another_program_is_left_alone() {
        assertThat(ajar(withToy, "open", "25565", "--method", "toy").exitCode()).isZero();
        InProcess.Outcome closed = InProcess.run(
                withToy,
                Map.of("AJAR_STATE_HOME", home.resolve("other").toString()),
                List.of("close", "25565", "--method", "toy"));
        assertThat(closed.exitCode()).isEqualTo(9);
        assertThat(toy.ports()).containsExactly(25565);
    }

    @Test
    void an_ajar_that_does_not_know_it_keeps_its_records_and_leaves_its_mappings_alone() throws IOException {
        assertThat(ajar(withToy, "open", "25565", "--method", "toy").exitCode()).isZero();

        InProcess.Outcome status = ajar(ordinary, "status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).contains("made by newer ajar tcp 25565 (toy)");
        assertThat(ajar(ordinary, "status", "--json").out())
                .contains("\"newer\":[{\"method\":\"toy\",\"mapping\":\"tcp 25565\"}]");
        assertThat(ajar(ordinary, "list", "--json").out()).contains("\"newer\":[{\"method\":\"toy\"");
        assertThat(ajar(ordinary, "open", "25566").exitCode()).isZero();
        assertThat(ajar(ordinary, "renew").exitCode()).isZero();
        assertThat(ajar(ordinary, "close", "25565").err()).doesNotContain("closed");
        assertThat(toy.ports()).containsExactly(25565);
        assertThat(state()).contains("\"ticket\":");

        assertThat(ajar(withToy, "close", "25565").exitCode()).isZero();
        assertThat(toy.ports()).isEmpty();
        assertThat(state()).doesNotContain("toy");
    }
}
