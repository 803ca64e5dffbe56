package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped guides. */
class GuidesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of("profiles/routers");
    private final GuideCatalog catalog = new GuideCatalog();

    @Test
    void every_file_with_a_guide_is_in_the_order_of_recognition_once() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.list(FOLDER)) {
            for (Path file : all.toList()) {
                if (JSON.readTree(Files.readAllBytes(file)).has("guide")) {
                    files.add(String.valueOf(file.getFileName()).replace(".json", ""));
                }
            }
        }
        List<String> order = catalog.all().stream().map(RouterGuide::id).toList();

        assertThat(order).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(order)).isEqualTo(files);
        assertThat(order).hasSizeGreaterThanOrEqualTo(100).endsWith("generic");
    }

    @Test
    void each_name_leads_to_one_make() {
        Set<String> seen = new HashSet<>();
        for (RouterGuide guide : catalog.all()) {
            assertThat(seen.add(guide.id())).as(guide.id()).isTrue();
            for (String alias : guide.aliases()) {
                assertThat(seen.add(alias)).as(alias).isTrue();
                assertThat(catalog.find(alias)).contains(guide);
            }
        }
        assertThat(catalog.find("TP-Link").map(RouterGuide::id)).contains("tp-link");
        assertThat(catalog.find("FRITZ!Box").map(RouterGuide::id)).contains("avm-fritzbox");
        assertThat(catalog.find("no such make")).isEmpty();
    }

    /** A form whose fields are not filled in would not help the user. */
    @Test
    void every_form_has_the_external_port_and_the_internal_client() {
        for (RouterGuide guide : catalog.all()) {
            guide.form().ifPresent(form -> {
                String values =
                        form.fields().stream().map(RouterGuide.Field::value).collect(Collectors.joining(" "));
                assertThat(values)
                        .as(guide.id())
                        .containsPattern("\\{(address|device)\\}")
                        .containsPattern("\\{external");
                assertThat(form.fields().stream().filter(RouterGuide.Field::isProtocol))
                        .as(guide.id())
                        .allMatch(field -> field.choices().containsKey("tcp"));
            });
        }
    }

    /** Each device of {@code test-fixtures/routers}, and the guide it gets; none for unknown makes. */
    @Test
    void every_device_gets_the_guide_of_its_own_make() throws IOException {
        Map<String, String> claims = new TreeMap<>();
        try (Stream<Path> devices = Files.list(Path.of("test-fixtures/routers"))) {
            for (Path device : devices.filter(Files::isDirectory).toList()) {
                JsonNode description = JSON.readTree(Files.readAllBytes(device.resolve("expected.json")))
                        .path("description");
                catalog.recognise(RouterTraces.described(
                                description.path("manufacturer").asString(""),
                                description.path("model").asString("")))
                        .ifPresent(guide -> claims.put(String.valueOf(device.getFileName()), guide.id()));
            }
        }
        Map<String, String> expected = Files.readAllLines(Path.of("src/test/resources/guides/recognised.txt")).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (a, b) -> a, TreeMap::new));

        assertThat(claims).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "server, lighttpd/1.4.20, ''",
        "server, Linux UPnP/1.0 MiniUPnPd/2.3, ''",
        "server, RouterOS/6.43UPnP/1.0 MikroTik UPnP/1.0, mikrotik",
        "title, TOTOLINK, totolink",
        "title, FRITZ!Box, avm-fritzbox",
        "title, NETGEAR Router R7000, netgear",
        "realm, NETGEAR R6300, netgear",
        "title, Apache2 Debian Default Page, ''",
        "mac, 00:0c:42:01:02:03, mikrotik",
        "mac, 02:42:ac:11:00:01, ''",
    })
    void pages_and_network_cards_identify_makes(String kind, String text, String id) {
        RouterTraces traces = new RouterTraces(
                "",
                "",
                kind.equals("server") ? text : "",
                kind.equals("title") ? text : "",
                kind.equals("realm") ? text : "",
                kind.equals("mac") ? text : "");

        assertThat(catalog.recognise(traces).map(RouterGuide::id).orElse("")).isEqualTo(id);
    }

    @Test
    void the_description_takes_precedence_over_the_network_card() {
        RouterTraces traces =
                RouterTraces.described("AVM Berlin", "FRITZ!Box 7590").withMac("000C42010203");

        assertThat(catalog.recognise(traces).map(RouterGuide::id)).contains("avm-fritzbox");
    }
}
