package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.RouterScript;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.LockFile;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presets of one's own: {@code ajar presets save}. */
class PresetsCommandTest extends CommandTestBase {
    @TempDir
    private Path folder;

    private CliHarness ajar() throws IOException {
        return behind(RouterScript.standard()).configured(folder.resolve("ajar").resolve("ajar.toml"));
    }

    private Path file() {
        return folder.resolve("ajar").resolve("presets.json");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder.resolve("ajar"));
        Files.writeString(file(), text);
    }

    @Test
    void a_preset_opens_and_closes_what_was_saved() throws IOException {
        CliHarness ajar = ajar();

        Outcome saved = ajar.run("presets", "save", "Evening", "minecraft", "24454/udp,8090:8080");
        Outcome opened = ajar.run("open", "evening", "--ipv4");
        Outcome closed = ajar.run("close", "evening");

        assertThat(saved.exitCode()).isZero();
        assertThat(saved.out()).contains("evening: minecraft, 24454/udp, 8090:8080", "ajar open evening");
        assertThat(opened.exitCode()).isZero();
        assertThat(opened.out()).contains("25565", "24454", "8090");
        assertThat(closed.out()).contains("25565", "24454", "8090");
        assertThat(router().table()).isEmpty();
    }

    @Test
    void it_is_listed_shown_and_removed() throws IOException {
        CliHarness ajar = ajar();
        ajar.run("presets", "save", "evening", "25565", "24454/udp");

        assertThat(ajar.run("presets").out()).startsWith("your own:").contains("25565, 24454/udp", "minecraft");
        assertThat(ajar.run("presets", "even").out()).contains("evening").doesNotContain("zomboid");
        assertThat(ajar.run("presets", "show", "EVENING").out()).contains("24454/udp", file().toString());
        assertThat(ajar.run("presets", "even", "--json").out())
                .contains("\"own\":[{\"name\":\"evening\",\"ports\":[\"25565\",\"24454/udp\"]}]");
        assertThat(ajar.run("presets", "remove", "evenign").err()).contains("did you mean evening?");
        assertThat(ajar.run("open", "evenign").err()).contains("did you mean evening?");
        assertThat(ajar.run("presets", "remove", "evening").exitCode()).isZero();
        assertThat(ajar.run("open", "evening").exitCode()).isEqualTo(2);
        assertThat(ajar.run("presets").out()).startsWith("game:");
    }

    @Test
    void with_quiet_only_failures_are_told() throws IOException {
        CliHarness ajar = ajar();

        for (String words : List.of(
                "presets save evening 25565 -q",
                "presets evening --quiet",
                "presets show evening -q",
                "presets remove evening -q")) {
            Outcome quiet = ajar.run(words.split(" "));
            assertThat(quiet.exitCode()).as(words + quiet.err()).isZero();
            assertThat(quiet.out() + quiet.err()).as(words).isEmpty();
        }
        assertThat(ajar.run("presets", "remove", "evening", "-q").err()).contains("no preset called \"evening\"");
        assertThat(ajar.run("presets", "minecraft", "-q", "--json").out()).contains("\"command\":\"presets\"");
    }

    @Test
    void while_another_saves_nothing_is_lost() throws IOException {
        CliHarness ajar = ajar();
        ajar.run("presets", "save", "evening", "25565");
        Path lock = folder.toRealPath().resolve("ajar").resolve("presets.json.lock");

        StateStore.Lock other = LockFile.take(lock).orElseThrow();
        try (other) {
            Outcome busy = ajar.run("presets", "save", "night", "25566");
            assertThat(busy.exitCode()).isEqualTo(75);
            assertThat(busy.err()).contains("another ajar is saving presets", "again in a moment");
            Outcome json = ajar.run("presets", "remove", "evening", "--json");
            assertThat(json.exitCode()).isEqualTo(75);
            assertThat(json.out()).contains("\"command\":\"presets\"", "\"code\":\"busy\"");
            assertThat(JsonTest.faults(json.out())).isEmpty();
        }
        assertThat(ajar.run("presets", "save", "night", "25566").exitCode()).isZero();
        assertThat(ajar.run("presets", "--json").out()).contains("evening", "night");
    }

    @Test
    void the_configuration_takes_it_too() throws IOException {
        CliHarness ajar = ajar();
        ajar.run("presets", "save", "evening", "25565", "24454/udp");
        Path config = folder.resolve("ajar").resolve("ajar.toml");
        Files.writeString(config, "[[mapping]]\npreset = \"evening\"\nfamily = \"ipv4\"\n");

        assertThat(ajar.run("config", "check", "--json").out()).contains("\"port_count\":2");
    }

    @Test
    void a_danger_behind_a_name_is_confirmed_as_by_its_number() throws IOException {
        CliHarness ajar = ajar();
        ajar.run("presets", "save", "office", "3389", "25565");

        Outcome refused = ajar.run("open", "office");

        assertThat(refused.exitCode()).isEqualTo(ajar.run("open", "3389").exitCode());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err() + refused.out()).contains("--yes-expose rdp");
        assertThat(router().table()).isEmpty();
        assertThat(ajar.run("open", "office", "--ipv4", "--yes-expose", "rdp").exitCode())
                .isZero();
    }

    @Test
    void what_is_none_is_refused_in_a_line() throws IOException {
        CliHarness ajar = ajar();
        for (String words : List.of(
                "save minecraft 25565",
                "save mc 25565",
                "save 25565 25565",
                "save ../x 25565",
                "save all 25565",
                "save a--b 25565",
                "save aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 25565",
                "save evening",
                "save evening 70000",
                "save evening no-such-game",
                "save evening teamviewer",
                "save evening evening",
                "remove evening",
                "remove",
                "show evening")) {
            Outcome outcome = ajar.run(("presets " + words).split(" "));

            assertThat(outcome.exitCode()).as(words).isEqualTo(2);
            assertThat(outcome.err().lines()).as(words).hasSize(1);
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void a_damaged_file_is_named_and_left_alone() throws IOException {
        CliHarness ajar = ajar();
        for (String text : List.of(
                "{",
                "[]",
                "{\"schema\":2,\"presets\":[]}",
                "{\"schema\":1}",
                "{\"schema\":1,\"presets\":[{\"name\":\"a\\u001b[31m\",\"ports\":[\"80\"]}]}",
                "{\"schema\":1,\"presets\":[{\"name\":\"evening\",\"ports\":[\"0\"]}]}",
                "{\"schema\":1,\"presets\":[{\"name\":\"evening\",\"ports\":[]}]}",
                "{\"schema\":1,\"presets\":[{\"name\":\"evening\",\"ports\":[\"evening\"]}]}")) {
            write(text);
            for (String command : List.of("presets", "presets save other 80", "open evening")) {
                Outcome outcome = ajar.run(command.split(" "));
                assertThat(outcome.exitCode()).as(text + command).isEqualTo(2);
                assertThat(outcome.err())
                        .as(text + command)
                        .contains(file().toString())
                        .doesNotContain("\u001b");
            }
            assertThat(Files.readString(file())).isEqualTo(text);
        }
        assertThat(ajar.run("guide", "minecraft", "--router", "generic").exitCode())
                .isZero();
    }

    @Test
    void a_file_of_another_kind_or_size_is_not_read() throws IOException {
        Files.createDirectories(file());
        CliHarness ajar = ajar();
        assertThat(ajar.run("presets").err()).contains("not a regular file");
        Files.delete(file());
        write(" ".repeat((1 << 20) + 1));
        assertThat(ajar.run("presets").err()).contains("larger than 1 MiB");
    }

    @Test
    void a_link_to_settings_elsewhere_stays_one() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("dotfile.json"), "{\"schema\":1,\"presets\":[]}");
        Files.createDirectories(folder.resolve("ajar"));
        Files.createSymbolicLink(file(), elsewhere);

        assertThat(ajar().run("presets", "save", "evening", "25565").exitCode()).isZero();

        assertThat(file()).isSymbolicLink();
        assertThat(Files.readString(elsewhere)).contains("evening");
    }

    @Test
    void list_is_what_the_command_does_without_a_word() throws IOException {
        for (String command : List.of("presets", "routers")) {
            assertThat(ajar().run(command, "list")).isEqualTo(ajar().run(command));
            assertThat(ajar().run(command, "list", "--json")).isEqualTo(ajar().run(command, "--json"));
        }
        assertThat(ajar().run("presets", "list", "minecraft")).isEqualTo(ajar().run("presets", "minecraft"));
    }
}
