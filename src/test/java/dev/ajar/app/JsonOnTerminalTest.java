package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.reference.CommandReference;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/** On a narrow terminal sentences are wrapped, and documents are not: a line break inside a string is no JSON. */
@Isolated("it tells the program that it writes to a terminal, as the launcher does")
class JsonOnTerminalTest extends RouterCommandFixture {
    private static final JsonMapper JSON = new JsonMapper();

    JsonOnTerminalTest() throws IOException {}

    @BeforeEach
    void onTerminal() {
        System.setProperty("ajar.terminal", "true");
        more.put("COLUMNS", "40");
    }

    @AfterEach
    void elsewhere() {
        System.clearProperty("ajar.terminal");
    }

    @Test
    void every_document_is_one_line() throws IOException {
        Path config = Files.writeString(home.resolve("ajar.toml"), "");
        Set<String> run = new TreeSet<>();
        try (FakeInterface fake = new FakeRest()) {
            String url = fake.base().toString();
            for (String command : List.of(
                    "open 25565 --for 2h",
                    "extend 25565 --for 3h",
                    "list",
                    "status",
                    "discover --timeout 1s",
                    "check 25565",
                    "doctor 25565",
                    "guide 25565",
                    "address",
                    "renew",
                    "watch --once",
                    "watch --since 1h",
                    "relay status",
                    "presets",
                    "routers",
                    "config check " + config,
                    "close 25565",
                    "router --url " + url,
                    "router add --yes --url " + url,
                    "router list",
                    "router upnp",
                    "router forget --yes")) {
                InProcess.Outcome outcome = ajar((command + " --json").split(" "));

                assertThat(outcome.out().lines()).as(command + outcome).hasSize(1);
                assertThat(JSON.readTree(outcome.out()).path("schema").asInt())
                        .as(command)
                        .isEqualTo(1);
                run.add(command.split(" ")[0]);
            }
        }
        assertThat(run).containsAll(withDocuments());
    }

    /** All but that of the page, whose daemon would stay. */
    private List<String> withDocuments() {
        return new CliHarness(network, new MemoryStateStore())
                .reference().stream()
                        .filter(command -> command.options().stream()
                                .anyMatch(option -> option.names().contains("--json")))
                        .map(CommandReference::name)
                        .filter(name -> !name.equals("web"))
                        .toList();
    }
}
