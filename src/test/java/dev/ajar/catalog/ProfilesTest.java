package dev.ajar.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ajar.model.Adjustment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The profiles as they are shipped. */
class ProfilesTest {
    private static final Path FOLDER = Path.of("profiles/routers");
    private static final JsonMapper JSON = new JsonMapper();

    /** Devices whose folder is not named after their profile. */
    private static final Map<String, String> OTHERWISE = Map.of("pfsense-miniupnpd", "freebsd-router");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("index.json"))
                    .filter(file -> !file.endsWith("guides.json"))
                    .filter(file -> !file.endsWith("interfaces.json"))
                    .sorted()
                    .toList();
        }
    }

    /** The other profiles only have a guide. */
    private static boolean tellsOddities(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file)).has("recognise");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String id(Path file) {
        return String.valueOf(file.getFileName()).replace(".json", "");
    }

    private static List<RouterProfile> inOrder() throws IOException {
        JsonNode index = JSON.readTree(Files.readAllBytes(FOLDER.resolve("index.json")));
        List<RouterProfile> profiles = new java.util.ArrayList<>();
        for (JsonNode name : index.path("profiles")) {
            profiles.add(ProfileReader.read(Files.readAllBytes(FOLDER.resolve(name.asString() + ".json"))));
        }
        return profiles;
    }

    @Test
    void every_profile_keeps_to_the_schema_and_has_the_name_of_its_file() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("profiles/router.schema.json")));
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(schema.validate(text, InputFormat.JSON)).as("%s", file).isEmpty();
            assertThat(ProfileReader.read(Files.readAllBytes(file)).id()).isEqualTo(id(file));
        }
        assertThat(schema.validate("{\"id\": \"X\"}", InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void the_index_names_them_all_once() throws IOException {
        List<String> named = inOrder().stream().map(RouterProfile::id).toList();
        Set<String> all = files().stream()
                .filter(ProfilesTest::tellsOddities)
                .map(ProfilesTest::id)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(named)).isEqualTo(all);
    }

    @Test
    void every_profile_but_the_standard_one_recognises_a_router() throws IOException {
        for (RouterProfile profile : inOrder()) {
            assertThat(profile.manufacturers().size() + profile.models().size())
                    .as(profile.id())
                    .isPositive();
        }
        assertThat(ProfileReader.read(Files.readAllBytes(FOLDER.resolve("standard.json"))))
                .matches(standard -> !standard.recognises("Any", "Thing"));
    }

    /** Each device of {@code test-fixtures/routers} is recognised by its own make's profile or by none. */
    @Test
    void no_device_is_claimed_by_the_wrong_make() throws IOException {
        int claimed = 0;
        try (Stream<Path> devices = Files.list(Path.of("test-fixtures/routers"))) {
            for (Path device : devices.filter(Files::isDirectory).sorted().toList()) {
                JsonNode description = JSON.readTree(Files.readAllBytes(device.resolve("expected.json")))
                        .path("description");
                String name = String.valueOf(device.getFileName());
                Optional<RouterProfile> claim = inOrder().stream()
                        .filter(profile -> profile.recognises(
                                description.path("manufacturer").asString(""),
                                description.path("model").asString("")))
                        .findFirst();
                if (claim.isPresent()) {
                    claimed++;
                    String id = claim.get().id();
                    boolean own = name.replace("-", "").contains(id.replace("-", "")) || id.equals(OTHERWISE.get(name));
                    assertThat(own).as("%s is claimed by %s", name, id).isTrue();
                }
            }
        }
        assertThat(claimed).isGreaterThanOrEqualTo(10);
    }

    /** The fallbacks of a profile come before the standard ones. */
    @Test
    void a_profile_takes_precedence_over_the_standard() throws IOException {
        ProfileCatalog catalog = new ProfileCatalog();
        Quirks standard = catalog.standardQuirks();
        assertThat(catalog.quirks("Unknown", "Unknown")).isEqualTo(standard);
        for (RouterProfile profile : inOrder()) {
            Quirks quirks = profile.quirks().over(standard);
            assertThat(quirks.fallbacks()).containsAll(standard.fallbacks());
            assertThat(quirks).as(profile.id() + " changes something").isNotEqualTo(standard);
            for (int code : new int[] {402, 501, 718, 725}) {
                Optional<Adjustment> first = quirks.after(Optional.of(code), EnumSet.noneOf(Adjustment.class));
                assertThat(first.isPresent() || quirks.finalErrors().contains(code))
                        .as("%s on %d", profile.id(), code)
                        .isTrue();
            }
        }
    }
}
