package dev.ajar.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.Samples;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTableReaderTest {
    private static ConfigFile parse(String text) {
        return ConfigFile.parse(text, Samples.METHODS);
    }

    @Test
    void nothing_listens_unless_it_is_written() {
        ConfigFile file = parse("[[mapping]]\nexternal = 25565\n");
        assertThat(file.metrics()).isEmpty();
        assertThat(file.web()).isEmpty();
    }

    @Test
    void metrics_listen_where_it_is_written() {
        ConfigFile file = parse("[metrics]\nlisten = \"192.168.77.10:9469\"\ntoken_file = \"/etc/ajar/token\"\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.metrics())
                .contains(new MetricsSettings(Samples.HERE, 9469, Optional.of(Path.of("/etc/ajar/token"))));
        assertThat(parse("[metrics]\nlisten = \"[::1]:9469\"\n").metrics())
                .get()
                .extracting(settings -> settings.address().isLoopbackAddress())
                .isEqualTo(true);
    }

    @Test
    void the_page_is_kept_on_by_its_table() {
        assertThat(parse("[web]\n").web()).contains(new WebSettings(Optional.empty()));
        assertThat(parse("[web]\nport = 8480\n").web()).contains(new WebSettings(Optional.of(8480)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[metrics]| listen is missing",
                "[metrics]\\nlisten = \"9469\"| not an address with a port",
                "[metrics]\\nlisten = \"localhost:9469\"| not an address with a port",
                "[metrics]\\nlisten = \"127.0.0.1:0\"| not an address with a port",
                "[metrics]\\nlisten = \"::1:9469\"| not an address with a port",
                "[metrics]\\nlisten = \"0.0.0.0:9469\"| every address of this machine",
                "[metrics]\\nlisten = \"[::]:9469\"| every address of this machine",
                "[metrics]\\nlisten = \"8.8.8.8:9469\"| an address on the internet",
                "[metrics]\\nlisten = \"[2001:db8::1]:9469\"| an address on the internet",
                "[metrics]\\nlisten = \"[::ffff:8.8.8.8]:9469\"| ",
                "[metrics]\\nlisten = \"127.0.0.1:9469\"\\ntoken_file = \"token\"| full path",
                "[metrics]\\nlisten = \"127.0.0.1:9469\"\\ntoken = \"x\"| there is no \"token\" here",
                "[[metrics]]\\nlisten = \"127.0.0.1:9469\"| must be a table",
                "[web]\\nport = 80| from 1024 to 65535",
                "[web]\\nlisten = \"0.0.0.0:80\"| there is no \"listen\" here",
                "web = true| must be a table"
            })
    void a_mistake_is_told_and_nothing_listens(String text, String what) {
        ConfigFile file = parse(text.replace("\\n", "\n") + "\n");
        assertThat(file.problems()).isNotEmpty();
        assertThat(file.problems().getFirst().in("ajar.toml").toString()).contains(what == null ? "" : what);
    }
}
