package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.render.WatchText;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What newcomers look for in the documents and did not find. */
class NewcomersTest {
    @Test
    void the_readme_says_how_to_get_ajar_on_each_system_before_how_to_build_it() throws IOException {
        String readme = read("README.md");

        String before = readme.substring(0, readme.indexOf("mvn "));
        assertThat(before).contains("| your system | get it |", "Debian", "Fedora", "Windows", "macOS", "Java 21");
    }

    @Test
    void whoever_writes_a_program_finds_how_to_call_ajar_from_it() throws IOException {
        assertThat(read("README.md")).contains("(docs/library.md)", "(docs/json.md)", "(docs/control.md)");
    }

    @Test
    void no_document_says_that_ajar_opens_ports_over_ipv4_alone() throws IOException {
        assertThat(read("docs/port-forwarding.md"))
                .doesNotContainIgnoringCase("another story")
                .contains("for IPv6, see [beyond one router](beyond.md)");
        assertThat(read("docs/beyond.md")).contains("`ajar open` asks for the IPv4 port and the IPv6 pinhole at once");
    }

    @Test
    void how_colours_are_switched_off_is_said() throws IOException {
        assertThat(read("docs/languages.md")).contains("the variable `NO_COLOR` with any value switches them off");
    }

    /** Several typed {@code ajar relay --stop}: nothing but its end stops a relay, which is to be found. */
    @Test
    void how_a_relay_is_ended_is_said_by_its_help_and_its_document() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            CliHarness ajar = new CliHarness(router, new MemoryStateStore());
            assertThat(ajar.run("relay", "--help").out()).contains("It runs until Ctrl-C, and then closes the port");
        }
        assertThat(read("docs/relay.md")).contains("The relay runs until Ctrl-C");
    }

    /** Nothing at all was printed, which looks like a fault. */
    @Test
    void watch_says_that_nothing_is_open() {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);

        WatchText.print(new Terminal(printer, printer, false, true), List.of(), Optional.empty(), List.of());

        assertThat(out.toString()).startsWith("Nothing is open");
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }
}
