package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.simulator.RouterScript;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ajar config check}. */
class ConfigCommandTest extends CommandTestBase {
    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("ajar.toml"), text).toString();
    }

    @Test
    void a_panel_reads_a_document() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome good = ajar.run("config", "check", file("[[mapping]]\npreset = \"minecraft\"\n"), "--json");
        Outcome bad = ajar.run("config", "check", file("\n[[mapping]]\nexternal = 0\n"), "--json");

        assertThat(good.exitCode()).isZero();
        assertThat(good.out()).contains("\"command\":\"config\"", "\"port_count\":1", "\"problems\":[]");
        assertThat(bad.exitCode()).isEqualTo(78);
        assertThat(bad.out()).contains("\"line\":2", "ports go from 1 to 65535");
    }

    @Test
    void with_quiet_only_mistakes_are_told() throws IOException {
        CliHarness ajar = behind(RouterScript.standard());

        Outcome good = ajar.run("config", "check", file("[[mapping]]\npreset = \"minecraft\"\n"), "-q");
        Outcome bad = ajar.run("config", "check", file("[[mapping]]\nexternal = 0\n"), "-q");

        assertThat(good.exitCode()).isZero();
        assertThat(good.out() + good.err()).isEmpty();
        assertThat(bad.exitCode()).isEqualTo(78);
        assertThat(bad.err()).contains("ports go from 1 to 65535");
    }

    @Test
    void mistakes_are_told_in_the_users_language() throws IOException {
        CliHarness ajar = behind(RouterScript.standard()).speaking(Messages.of(Language.GERMAN));

        Outcome outcome = ajar.run("config", "check", file("[[mapping]]\nname = \"x\"\n"));

        assertThat(outcome.err()).contains(Messages.of(Language.GERMAN).text("config.external-missing"));
    }
}
