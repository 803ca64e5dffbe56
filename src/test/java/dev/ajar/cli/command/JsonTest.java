package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ajar.json.JsonReader;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every document against the published schema. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class JsonTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("docs/ajar.schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static List<Error> faults(String document) {
        return SCHEMA.validate(document, InputFormat.JSON);
    }

    private static Outcome assertValid(Outcome outcome) {
        assertThat(outcome.out().lines()).as(outcome.err()).hasSize(1);
        assertThat(faults(outcome.out())).as(outcome.out()).isEmpty();
        assertThat(outcome.out()).contains("\"exit_code\":" + outcome.exitCode());
        assertTranslatable(
                JsonReader.read(outcome.out().getBytes(StandardCharsets.UTF_8)).toMap());
        return outcome;
    }

    /** A client shows a sentence in its own language by the key and the values beside it. */
    private static void assertTranslatable(Object value) {
        switch (value) {
            case Map<?, ?> object -> {
                for (String sentences : List.of("warnings", "hints", "advice")) {
                    if (object.get(sentences) instanceof List<?> english) {
                        assertThat(object.get(sentences + "_sentences"))
                                .as(sentences + " " + object)
                                .asInstanceOf(InstanceOfAssertFactories.LIST)
                                .hasSameSizeAs(english);
                    }
                }
                if (object.get("code") != null && object.get("message") != null) {
                    assertThat(object.get("message_sentence"))
                            .as(object.toString())
                            .isNotNull();
                }
                if (object.get("kept_by") != null) {
                    assertThat(object.get("kept_by_sentence")).isNotNull();
                }
                object.values().stream().filter(Objects::nonNull).forEach(JsonTest::assertTranslatable);
            }
            case List<?> list -> list.stream().filter(Objects::nonNull).forEach(JsonTest::assertTranslatable);
            default -> {}
        }
    }

    @Test
    void the_life_of_a_port() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            CliHarness ajar = new CliHarness(router, new MemoryStateStore());

            Outcome opened = assertValid(ajar.run("open", "25565", "--method", "upnp", "--json"));
            assertThat(opened.out())
                    .contains("\"schema\":1,\"command\":\"open\",\"exit_code\":0")
                    .contains("\"method\":\"upnp\",\"version\":\"IGD:2\"")
                    .contains("\"external_address\":\"203.0.113.7\",\"reachability\":\"public\"")
                    .contains("\"lease_seconds\":7200,\"permanent\":false")
                    .contains("\"verified\":true,\"status\":\"open\",\"error\":null");
            assertThat(assertValid(ajar.run("list", "--json")).out()).contains("\"mine\":true");
            assertValid(ajar.run("status", "--json"));
            assertThat(assertValid(ajar.run("discover", "--timeout", "1s", "--json"))
                            .out())
                    .contains("\"attempts\":[");
            assertThat(assertValid(ajar.run("close", "25565", "25566", "--json"))
                            .out())
                    .contains("\"closed\"")
                    .contains("\"not_open\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open abc",
                "open",
                "open 25565 --nonsense",
                "open 25565 --gateway 8.8.8.8",
                "open 25565 --to 8.8.8.8",
                "open 25565 --to 127.0.0.2",
                "close 1 --gateway 9.9.9.9",
                "open 25565 --lease permanent --method pcp",
                "bogus"
            })
    void errors_are_documents_too(String command) throws IOException {
        try (EmbeddedRouter router =
                EmbeddedRouter.start(RouterScript.standard().secure(), new SystemTimeline())) {
            Outcome outcome =
                    assertValid(new CliHarness(router, new MemoryStateStore()).run((command + " --json").split(" ")));

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.out()).contains("\"error\":{\"code\":").contains("\"advice\":[\"");
        }
    }

    @Test
    void conflicts_private_addresses_and_silence() throws IOException {
        RouterScript script = RouterScript.standard().external("10.0.0.5").speaking(Speaks.UPNP);
        try (EmbeddedRouter router = EmbeddedRouter.start(script, new SystemTimeline())) {
            CliHarness ajar = new CliHarness(router, new MemoryStateStore());
            new CliHarness(router, new MemoryStateStore()).run("open", "25565", "--to", "127.0.0.2");

            assertThat(assertValid(ajar.run("open", "25566", "--json")).out())
                    .contains("\"exit_code\":6")
                    .contains("\"code\":\"second_nat\"");
            assertThat(assertValid(new CliHarness(router, new MemoryStateStore()).run("open", "25565", "--json"))
                            .out())
                    .contains("\"exit_code\":5")
                    .contains("\"code\":\"conflict\"");
        }
        try (EmbeddedRouter silent =
                EmbeddedRouter.start(RouterScript.standard().speaking(), new SystemTimeline())) {
            CliHarness ajar = new CliHarness(silent, new MemoryStateStore());
            for (String command : List.of("open 1", "close 1", "list", "status", "discover")) {
                Outcome outcome = assertValid(ajar.run((command + " --timeout 1s --json").split(" ")));
                assertThat(outcome.exitCode()).as(command).isEqualTo(3);
            }
        }
    }

    @Test
    void the_schema_can_refuse() {
        assertThat(faults("{\"schema\":1,\"command\":\"open\",\"exit_code\":0}"))
                .isNotEmpty();
        assertThat(faults("{\"schema\":1,\"command\":\"open\",\"exit_code\":42,\"error\":null}"))
                .isNotEmpty();
        assertThat(faults("{\"schema\":1,\"command\":\"open\",\"exit_code\":0,\"error\":null,\"mappings\":[{}],"
                        + "\"gateway\":null,\"external_address\":null,\"reachability\":\"unknown\"}"))
                .isNotEmpty();
    }
}
