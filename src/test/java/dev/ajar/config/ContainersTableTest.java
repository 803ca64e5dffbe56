package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.ContainerSettings;
import dev.ajar.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainersTableTest {
    private static ConfigFile parsed(String text) {
        return ConfigFile.parse(text, Samples.METHODS);
    }

    @Test
    void an_empty_table_means_the_usual_engines() {
        assertThat(parsed("[containers]").problems()).isEmpty();
        assertThat(parsed("[containers]").containers()).contains(ContainerSettings.USUAL);
        assertThat(parsed("").containers()).isEmpty();
    }

    @Test
    void engines_and_lease_are_read() {
        ConfigFile file = parsed("""
                [defaults]
                lease = "30m"
                gateway = "192.168.77.1"
                [containers]
                engines = ["unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"]
                """);

        assertThat(file.problems()).isEmpty();
        ContainerSettings settings = file.containers().orElseThrow();
        assertThat(settings.engines().toString()).isEqualTo("[unix:///var/run/docker.sock, tcp://127.0.0.1:2375]");
        assertThat(settings.lease().seconds()).isEqualTo(1800);
        assertThat(settings.selection().gateway()).contains(Samples.GATEWAY);
        assertThat(parsed("[containers]\nlease = \"1h\"")
                        .containers()
                        .orElseThrow()
                        .lease()
                        .seconds())
                .isEqualTo(3600);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "containers = true; must be a table",
                "[[containers]]; must be a table",
                "[containers]\\nengine = \"unix:///x\"; there is no \"engine\" here",
                "[containers]\\nengines = \"unix:///x\"; engines",
                "[containers]\\nengines = [\"ssh://host\"]; neither a socket",
                "[containers]\\nengines = [\"tcp://proxy:2375\"]; looks no names up",
                "[containers]\\nlease = \"soon\"; lease"
            })
    void mistakes_are_told(String text, String problem) {
        ConfigFile file = parsed(text.replace("\\n", "\n"));

        assertThat(file.problems())
                .singleElement()
                .satisfies(one -> assertThat(one.what() + " " + one.remedy()).contains(problem));
    }
}
