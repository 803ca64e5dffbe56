package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.api.PortRequest;
import dev.ajar.config.OptionDefaults;
import dev.ajar.container.ContainerSettings;
import dev.ajar.model.LeaseDuration;
import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same words mean the same in a command, a configuration file, a label of a container, and a Java program. */
class SameDefaultsTest extends CommandTestBase {
    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp", "upnp"})
    void a_command_asks_for_the_standard_lease(String method) throws IOException {
        assertThat(behind(RouterScript.standard())
                        .run("open", "25565", "--method", method, "--json")
                        .out())
                .contains("\"lease_seconds\":" + LeaseDuration.STANDARD.seconds() + ",");
    }

    @Test
    void a_file_a_container_and_a_program_ask_for_the_same() {
        assertThat(OptionDefaults.EMPTY.lease()).isEqualTo(LeaseDuration.STANDARD);
        assertThat(ContainerSettings.USUAL.lease()).isEqualTo(LeaseDuration.STANDARD);
        assertThat(new LeaseDuration.Finite(PortRequest.tcp(25565).lease())).isEqualTo(LeaseDuration.STANDARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "run", "relay"})
    void the_help_tells_it(String command) throws IOException {
        CliHarness ajar = behind(RouterScript.standard());
        assertThat(ajar.run(command, "--help").out().replaceAll("\\s+", " "))
                .containsPattern("--lease=?.TIME [^-]*Default: " + LeaseDuration.STANDARD.text() + "\\.");
    }
}
