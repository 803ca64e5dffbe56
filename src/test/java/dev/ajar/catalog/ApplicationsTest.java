package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every application that comes with ajar. */
class ApplicationsTest {
    private static final Path FOLDER = Path.of("profiles/applications");
    private final ApplicationCatalog catalog = new ApplicationCatalog();

    private List<Application> all() {
        return catalog.ids().stream().map(id -> catalog.find(id).orElseThrow()).toList();
    }

    @Test
    void every_file_keeps_to_the_schema_and_is_in_the_index() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("profiles/application.schema.json")));
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> !path.endsWith("index.json")).toList()) {
                String id = String.valueOf(file.getFileName()).replace(".json", "");
                assertThat(schema.validate(Files.readString(file), InputFormat.JSON))
                        .as(id)
                        .isEmpty();
                assertThat(catalog.ids()).contains(id);
                assertThat(catalog.find(id).orElseThrow().id()).isEqualTo(id);
            }
        }
        assertThat(schema.validate("{\"id\": \"X\"}", InputFormat.JSON)).isNotEmpty();
        assertThat(catalog.ids()).hasSizeGreaterThanOrEqualTo(165).doesNotHaveDuplicates();
    }

    @Test
    void each_name_leads_to_one_application() {
        Set<String> names = new HashSet<>(catalog.ids());
        for (Application application : all()) {
            for (String alias : application.aliases()) {
                assertThat(names.add(alias))
                        .as("%s of %s", alias, application.id())
                        .isTrue();
                assertThat(catalog.find(alias)).contains(application);
            }
        }
        assertThat(catalog.find("no-such-thing")).isEmpty();
        assertThat(catalog.find("../../etc/passwd")).isEmpty();
    }

    /** As the index says it of a port, so that not every file is read. */
    @Test
    void the_ports_of_udp_alone_are_those_that_no_application_and_no_service_takes_over_tcp() throws IOException {
        ServiceCatalog services = new ServiceCatalog();
        List<Application> all = all();
        Map<Integer, Set<String>> computed = new TreeMap<>();
        for (Application application : all) {
            application.ports().stream()
                    .filter(use -> use.required() && isShort(use))
                    .filter(use -> use.protocols().equals(List.of(TransportProtocol.UDP)))
                    .flatMapToInt(use -> IntStream.rangeClosed(
                            use.first().number(), use.last().number()))
                    .filter(port -> services.onDevice(TransportProtocol.TCP, new Port(port))
                            .isEmpty())
                    .filter(port -> all.stream().noneMatch(one -> isOverTcp(one, port)))
                    .forEach(port -> computed.computeIfAbsent(port, any -> new TreeSet<>())
                            .add(application.id()));
        }
        Map<Integer, Set<String>> indexed = new TreeMap<>();
        JsonNode index = new JsonMapper().readTree(Files.readString(FOLDER.resolve("index.json")));
        for (JsonNode run : index.path("udp_alone")) {
            for (int port = run.path("first").asInt(); port <= run.path("last").asInt(); port++) {
                for (JsonNode id : run.path("applications")) {
                    indexed.computeIfAbsent(port, any -> new TreeSet<>()).add(id.asString());
                }
            }
        }

        assertThat(indexed).isEqualTo(computed);
        assertThat(catalog.overUdpAlone(new Port(2456))).containsExactly("Valheim");
        assertThat(catalog.overUdpAlone(new Port(25565))).isEmpty();
    }

    private static boolean isOverTcp(Application application, int port) {
        return Stream.concat(application.ports().stream(), application.never().stream())
                .anyMatch(use -> use.protocols().contains(TransportProtocol.TCP)
                        && use.first().number() <= port
                        && port <= use.last().number());
    }

    /** No game whose players have no server is an application as well. */
    @Test
    void a_word_for_a_game_without_a_server_is_no_application() throws IOException {
        JsonNode index = new JsonMapper().readTree(Files.readString(FOLDER.resolve("index.json")));
        Set<String> words = new HashSet<>();
        for (JsonNode game : index.path("no_server")) {
            for (JsonNode word : game.path("words")) {
                assertThat(words.add(word.asString())).as(word.asString()).isTrue();
                assertThat(catalog.find(word.asString())).as(word.asString()).isEmpty();
                assertThat(catalog.gameWithoutServer(word.asString()))
                        .contains(game.path("name").asString());
            }
        }
        assertThat(words).hasSizeGreaterThan(40);
    }

    /** A server takes some of a long range, and no more is known of the others. */
    private static boolean isShort(Application.PortUse use) {
        return use.last().number() - use.first().number() < 50;
    }

    /** RCON and the like are not opened. */
    @Test
    void no_opened_port_is_among_those_that_stay_closed() {
        for (Application application : all()) {
            for (Application.PortUse open : application.ports()) {
                assertThat(open.last()).isGreaterThanOrEqualTo(open.first());
                for (Application.PortUse never : application.never()) {
                    boolean apart = open.protocols().stream().noneMatch(never.protocols()::contains)
                            || open.last().compareTo(never.first()) < 0
                            || never.last().compareTo(open.first()) < 0;
                    assertThat(apart)
                            .as("%s: %s and %s", application.id(), open, never)
                            .isTrue();
                }
            }
        }
    }

    /** A preset of optional ports only would open nothing; an index past the ports would open the wrong one. */
    @Test
    void each_opens_a_port_and_reads_its_settings_for_one_it_has() {
        for (Application application : all()) {
            assertThat(application.ports().isEmpty()
                            || application.ports().stream().anyMatch(Application.PortUse::required))
                    .as(application.id())
                    .isTrue();
            for (Detection.Setting setting : application.detection().settings()) {
                assertThat(setting.portIndex())
                        .as("%s: %s", application.id(), setting)
                        .isBetween(0, application.ports().size() - 1);
            }
        }
    }

    /** The same port asks for the same yes, whether the user writes its number or the name of what is there. */
    @Test
    void a_number_and_a_name_of_the_same_danger_need_the_same_yes() {
        ServiceCatalog services = new ServiceCatalog();
        int compared = 0;
        for (Application application : all()) {
            for (Application.PortUse use : application.ports()) {
                for (WellKnownService service : use.protocols().stream()
                        .filter(protocol -> use.required())
                        .flatMap(protocol -> services.at(protocol, use.first()).stream())
                        .filter(known -> known.danger() != WellKnownService.Danger.FINE)
                        .toList()) {
                    assertThat(application.danger() == Application.Danger.DANGEROUS)
                            .as("%s, port %s", application.id(), use.first())
                            .isEqualTo(service.danger().needsYes());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    /** What people ask trackers for by the name of the device or of its maker. */
    @Test
    void consoles_and_network_storage_have_a_preset() {
        for (String name : List.of("xbox", "ps5", "playstation", "nintendo-switch", "synology", "qnap")) {
            assertThat(catalog.find(name)).as(name).isPresent();
        }
    }

    @Test
    void the_documents_give_the_number_of_applications() throws IOException {
        int number = catalog.ids().size();
        assertThat(Files.readString(Path.of("README.md"))).contains("[all " + number + "](docs/presets.md)");
        assertThat(Files.readString(Path.of("docs/testing.md"))).contains("| presets | " + number + " applications |");
    }
}
