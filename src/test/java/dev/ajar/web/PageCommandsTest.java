package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCommandsTest {
    private static List<String> line(String json) {
        return PageCommands.of(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_form_becomes_a_command_line() {
        assertThat(line("""
                        {"command":"open","ports":["8554:554/tcp"],"to":"192.168.77.20","name":"My cam","external_port":"any",
                         "for":"2h","from":"","yes":["rtsp"]}"""))
                .containsExactly(
                        "open",
                        "8554:554/tcp",
                        "--to=192.168.77.20",
                        "--name=My cam",
                        "--external-port=any",
                        "--for=2h",
                        "--yes-expose=rtsp",
                        "--json");
        assertThat(line("{\"command\":\"stop_relay\",\"ports\":[\"8554/tcp\"]}"))
                .containsExactly("relay", "stop", "8554/tcp", "--json");
        assertThat(line("{\"command\":\"history\"}")).containsExactly("watch", "--since=7d", "--json");
        assertThat(line("{\"command\":\"doctor\",\"ports\":[\"25565\"],\"bundle\":\"/etc/x\"}"))
                .containsExactly("doctor", "25565", "--timeout=20s", "--json");
    }

    /** A router that wants a button to be pressed: the page is told before the command ends, in its language. */
    @Test
    void what_the_user_has_to_do_is_told_before_the_answer(@TempDir Path folder) throws IOException {
        try (PageFixture page = new PageFixture(folder)) {
            String body = "{\"command\":\"open\",\"ports\":[\"25599/tcp\"]}";
            String answer = page.run(body, page.authorization(), "Ajar-Language: de");
            assertThat(answer).contains("application/x-ndjson", "{\"told\":\"Bestätige", "\n{\"lease\":\"3h\"}");
            assertThat(answer.indexOf("told")).isLessThan(answer.indexOf("lease"));
            assertThat(page.run(body.replace("open", "check"), page.authorization()))
                    .doesNotContain("told");
        }
    }

    /** The command line knows what the mapping is; the page would have to repeat its device and its sources. */
    @Test
    void extending_names_the_port_and_the_time_alone() throws IOException {
        assertThat(line("{\"command\":\"extend\",\"ports\":[\"8554/tcp\"],\"for\":\"1d\",\"from\":\"203.0.113.7\"}"))
                .containsExactly("extend", "8554/tcp", "--for=1d", "--json");
        String list = Files.readString(Path.of("src/main/resources/web/list.js"));
        assertThat(list).contains("ask('extend', { ports: [port], for: '1d' }").doesNotContain("ask('open'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"run\",\"ports\":[\"sh\"]}",
                "{\"command\":\"daemon\"}",
                "{\"command\":\"relay\",\"ports\":[\"8554:10.0.0.1:554\"]}",
                "{\"command\":\"stop_relay\",\"ports\":[\"--udp\"]}",
                "{\"command\":\"router\",\"ports\":[\"add\"]}",
                "{\"command\":\"config\"}",
                "{\"command\":\"service\",\"ports\":[\"install\"]}",
                "{\"command\":\"open\",\"ports\":[\"--yes-expose=rdp\",\"rdp\"]}",
                "{\"command\":\"close\",\"ports\":[\"--all\"]}",
                "{\"command\":\"close\",\"ports\":[\"-f\"]}",
                "{\"command\":\"doctor\",\"ports\":[\"--bundle=/tmp/x\"]}",
                "{\"command\":\"open\",\"ports\":[\"1\"],\"to\":\"--upstream\"}",
                "{\"command\":\"open\",\"ports\":\"1\"}",
                "{\"command\":\"open\",\"ports\":[\"\"]}",
                "{\"ports\":[\"1\"]}"
            })
    void what_the_page_may_not_ask_is_refused(String json) {
        assertThatThrownBy(() -> line(json)).isInstanceOf(JsonException.class);
    }

    /** It is sent at once and read by people. */
    @Test
    void the_page_is_small_and_has_no_markup_in_its_code() throws IOException {
        PageFiles served = new PageFiles();
        int size = 0;
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/web"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file))
                        .as("%s", file)
                        .doesNotContain(
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacentHTML",
                                "document.write",
                                "eval(",
                                " style=",
                                "localStorage",
                                "sessionStorage",
                                "document.cookie",
                                "onclick=\"");
                assertThat(served.at("/" + file.getFileName())).as("%s", file).isPresent();
                size += served.at("/" + file.getFileName()).orElseThrow().body().length;
            }
        }
        assertThat(size).isBetween(10_000, 80_000);
    }
}
