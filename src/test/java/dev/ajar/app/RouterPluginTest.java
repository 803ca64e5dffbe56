package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code router = "allow"} counts in the file that the user named. */
class RouterPluginTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private boolean allows(String... arguments) {
        Map<String, String> environment = Map.of("AJAR_STATE_HOME", home.toString());
        return RouterPlugin.of(environment, NeighbourTable.UNKNOWN, List.of(arguments))
                .protocol()
                .agreed()
                .test(Samples.PROTOCOLS);
    }

    @Test
    void every_command_with_a_configuration_file_takes_its_word() throws IOException {
        Path file = home.resolve("own.toml");
        Files.writeString(file, "[defaults]\nrouter = \"allow\"\n");
        List<String> commands;
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            commands = new CliHarness(router, new MemoryStateStore())
                    .reference().stream()
                            .filter(command -> command.options().stream()
                                    .anyMatch(option -> option.names().contains("--config")))
                            .map(command -> command.name())
                            .toList();
        }
        assertThat(commands).contains("daemon", "web").allSatisfy(command -> {
            assertThat(allows(command, "--config", file.toString())).isTrue();
            assertThat(allows(command, "--config=" + file)).isTrue();
            assertThat(allows(command)).isFalse();
        });
    }

    /** A keeper goes on without a person, whatever terminal it was started from. */
    @Test
    void only_a_command_that_a_person_waits_for_may_ask_for_a_press_on_the_router() {
        for (String command : List.of("open", "close", "extend")) {
            assertThat(plugin(command).attended()).as(command).isTrue();
        }
        for (String command : List.of("daemon", "run", "renew", "containers", "web", "relay", "status", "watch")) {
            assertThat(plugin(command).attended()).as(command).isFalse();
        }
        assertThat(RouterPlugin.of(Map.of(), NeighbourTable.UNKNOWN, List.of()).attended())
                .isFalse();
    }

    private static RouterPlugin plugin(String command) {
        return RouterPlugin.of(Map.of(), NeighbourTable.UNKNOWN, List.of(command, "25565"));
    }

    @Test
    void an_option_of_the_program_that_run_starts_is_its_own() throws IOException {
        Path file = home.resolve("own.toml");
        Files.writeString(file, "[defaults]\nrouter = \"allow\"\n");
        assertThat(allows("run", "25565", "--", "server", "--config", file.toString()))
                .isFalse();
    }
}
