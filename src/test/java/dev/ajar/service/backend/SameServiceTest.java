package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Messages;
import dev.ajar.message.PseudoLanguage;
import dev.ajar.service.client.PortServices;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A command prints the same whether it works in its own process or asks the daemon. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class SameServiceTest {
    private static final List<String> LINES = List.of(
            "open 25565 8443:443/udp",
            "open 25566 --json",
            "open 25565 --to 127.0.0.66",
            "open 27015 --to 127.0.0.66 --json",
            "open 9999 --method manual",
            "open 9998 --method manual --json",
            "extend 25565 --for 2h --json",
            "extend 1 --for 2h",
            "open 30555 --ipv6",
            "open 30556 --ipv6 --json",
            "open 7777 --gateway 127.0.0.200 --method upnp --timeout 1s -v",
            "open 7778 --gateway 127.0.0.200 --method upnp --timeout 1s --json",
            "list --check",
            "list --check --json",
            "status --check --method pcp",
            "status --check --method pcp --json",
            "close 25566 1",
            "close 8443/udp 2 --json",
            "close 25565 --gateway 127.0.0.200",
            "relay stop 8554 50000-50001/udp",
            "relay stop 8554 --json",
            "relay stop all",
            "renew --json",
            "renew");

    /** What differs from run to run: moments, and seconds that are left. */
    private static final String MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z";

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(ServiceFixture machine, PortServices services, Messages language, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, true, language);
        int exitCode = new Cli(new CliContext(
                        terminal,
                        services,
                        shown -> false,
                        LocalClock.in(ZoneOffset.UTC),
                        name -> Optional.empty(),
                        new FakeHostProbe(machine.router().lan().routes()),
                        new NoDaemon(),
                        Samples.PROTOCOLS))
                .run(line.split(" "));
        return new Outcome(exitCode, alike(machine, out.toString()), alike(machine, err.toString()));
    }

    private static String alike(ServiceFixture machine, String text) {
        return text.replaceAll(MOMENT, "MOMENT")
                .replaceAll("\\b[0-9]{2}:[0-9]{2}\\b", "TIME")
                // Which protocol has answered by the time the port is open depends on chance.
                .replaceAll("\"attempts\":\\[.*?\\](?=[,}])", "\"attempts\":[]")
                .replace(String.valueOf(machine.router().location().getPort()), "PORT")
                .replace(String.valueOf(machine.router().ssdpPort()), "PORT")
                .replace(String.valueOf(machine.router().pxpPort()), "PORT")
                .replaceAll("\"lease_seconds\":[0-9]+", "\"lease_seconds\":LEFT")
                .replaceAll("  (?:[0-9]+[hms])+ ", "  LEFT ")
                .replaceAll("(ajar [0-9]+ (?:tcp|udp)) [a-z0-9]{4}\\b", "$1 MARK")
                .replaceAll(" +", " ");
    }

    private static Stream<Arguments> ways() {
        return Stream.of(Arguments.of(Messages.ENGLISH, ".sock"), Arguments.of(PseudoLanguage.messages(), ".tcp"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void every_command_prints_the_same_in_its_own_process_and_over_the_socket(Messages language, String kind)
            throws IOException {
        try (ServiceFixture near = new ServiceFixture(folder.resolve("near"));
                ServiceFixture far = new ServiceFixture(folder.resolve("far"));
                TestedDaemon here = new TestedDaemon(near, folder.resolve("n"));
                TestedDaemon there = new TestedDaemon(far, folder.resolve("f"), kind)) {
            for (String line : LINES) {
                Outcome alone = run(near, here.here(), language, line);
                Outcome asked = run(far, there.there(), language, line);
                assertThat(asked).as(line).isEqualTo(alone);
            }
        }
    }

    @Test
    void sentences_of_an_english_daemon_are_shown_in_the_language_of_the_client() throws IOException {
        try (ServiceFixture machine = new ServiceFixture(folder.resolve("far"));
                TestedDaemon daemon = new TestedDaemon(machine, folder.resolve("f"))) {
            Outcome refused = run(machine, daemon.there(), PseudoLanguage.messages(), "open 30555 --ipv6");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err())
                    .contains(
                            "THIS MACHINE HAS NO LASTING IPV6 ADDRESS", "WHAT TO DO:", "SEE IN THE ROUTER'S OWN PAGE");

            Outcome closed = run(machine, daemon.there(), PseudoLanguage.messages(), "close 1");
            assertThat(closed.out()).contains("NOT OPEN tcp 1").doesNotContain("is open");
        }
    }
}
