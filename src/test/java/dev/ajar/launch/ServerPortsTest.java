package dev.ajar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the ports of servers from their settings and command lines. */
class ServerPortsTest {
    @TempDir
    Path folder = Path.of("");

    private List<String> ports(String id, String... command) {
        Application application = new ApplicationCatalog().find(id).orElseThrow();
        return new ServerPorts(folder, Optional.of(folder.resolve("home")))
                .of(application, Arrays.asList(command)).ports().stream()
                        .map(Application.PortUse::range)
                        .toList();
    }

    @Test
    void the_command_line_takes_precedence_over_the_settings_and_a_range_keeps_its_length() throws IOException {
        assertThat(ports("valheim")).first().isEqualTo("2456-2457");
        assertThat(ports("valheim", "./start.sh", "-name", "x", "-port", "2460"))
                .first()
                .isEqualTo("2460-2461");
        assertThat(ports("factorio", "factorio", "--port=34200")).first().isEqualTo("34200");

        Files.writeString(folder.resolve("serverconfig.txt"), "#port=1\nport=7780\n");
        assertThat(ports("terraria")).first().isEqualTo("7780");
        assertThat(ports("terraria", "TerrariaServer", "-port", "7790")).first().isEqualTo("7790");
    }

    @Test
    void values_that_are_not_ports_are_ignored() throws IOException {
        assertThat(ports("valheim", "-port")).first().isEqualTo("2456-2457");
        assertThat(ports("valheim", "-port", "many")).first().isEqualTo("2456-2457");
        assertThat(ports("valheim", "-port", "65535")).first().isEqualTo("2456-2457");
        Files.write(folder.resolve("serverconfig.txt"), new byte[] {(byte) 0xC3, 0x28, 'p'});
        assertThat(ports("terraria")).first().isEqualTo("7777");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROPERTIES | server-port | motd=x\\nserver-port=25570 | 25570",
                "PROPERTIES | port | # port = 1\\nport = 30000 | 30000",
                "INI | Interface.ListenPort | [Peer]\\nListenPort = 1\\n[Interface]\\nListenPort = 51821 | 51821",
                "TOML | General.Port | [General]\\nPort = 30815 # ours | 30815",
                "TOML | bind | bind = \"0.0.0.0:25577\" | 0.0.0.0:25577",
                "WORDS | Port | # Port 1\\nPort 2222 | 2222",
                "YAML | bedrock.port | java:\\n  port: 1\\nbedrock:\\n  # x\\n  address: 0.0.0.0\\n  port: 19133 | 19133",
                "XML | ServerPort | <a><property name=\"ServerPort\"  value=\"26910\"/></a> | 26910",
                "JSON | a2s.port | {\"bindPort\": 2001, \"a2s\": {\"port\": 17777}} | 17777",
                "JSON | bindPort | {\"bindPort\": \"2002\"} | 2002",
                "JSON | bindPort | {not json | ''",
                "INI | Network.port | [Other]\\nport = 1 | ''",
            })
    void each_format_is_read(Detection.Format format, String key, String text, String value) {
        assertThat(SettingsFileText.value(text.replace("\\n", "\n"), format, key)
                        .orElse(""))
                .isEqualTo(value);
    }

    /** Every setting of every application names a port that the application has. */
    @Test
    void every_detection_is_for_a_port_of_its_application() {
        int found = 0;
        for (Application application : new ApplicationCatalog().all()) {
            for (Detection.Setting setting : application.detection().settings()) {
                assertThat(setting.portIndex())
                        .as(application.id())
                        .isLessThan(application.ports().size());
                found++;
            }
        }
        assertThat(found).isGreaterThan(30);
    }
}
