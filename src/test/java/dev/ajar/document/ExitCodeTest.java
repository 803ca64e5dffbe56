package dev.ajar.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    private static final List<Failure> ALL = List.of(
            new Failure.NoGateway(Message.verbatim("x")),
            new Failure.NoIpv6(Message.verbatim("x")),
            new Failure.NoFirewall(Message.verbatim("x")),
            new Failure.Unreachable(Message.verbatim("x")),
            new Failure.TimedOut(Message.verbatim("x")),
            new Failure.Refused(Message.verbatim("x"), Optional.empty()),
            new Failure.ForeignHostRefused(InetAddress.getLoopbackAddress(), Optional.empty()),
            new Failure.Conflict(Message.verbatim("x"), Optional.empty(), Optional.empty()),
            new Failure.LeftOpen(new Failure.Usage(Message.verbatim("x")), List.of(new Port(1))),
            new Failure.SecondNat(Message.verbatim("x"), Optional.empty()),
            new Failure.LineDown(Message.verbatim("x"), false, Optional.empty()),
            new Failure.KeptIn(Message.verbatim("x")),
            new Failure.AddressMismatch(Message.verbatim("x"), Optional.empty()),
            new Failure.NotAsked(new Failure.Usage(Message.verbatim("x"))),
            new Failure.FormerAddress(
                    new Failure.Usage(Message.verbatim("x")),
                    Message.verbatim("x"),
                    Samples.ip("192.168.1.32"),
                    List.of(Message.verbatim("y"))),
            new Failure.NoResources(Message.verbatim("x"), Optional.empty()),
            new Failure.Unsupported(Message.verbatim("x"), Optional.empty()),
            new Failure.Malformed(Message.verbatim("x"), Optional.empty()),
            new Failure.Unsafe(Message.verbatim("x"), Message.verbatim("y")),
            new Failure.LocalPort(Message.verbatim("x"), Message.verbatim("y")),
            new Failure.Usage(Message.verbatim("x")),
            new Failure.Busy(Message.verbatim("x")),
            new Failure.BadConfiguration(Message.verbatim("x")),
            new Failure.BadState(Message.verbatim("x")));

    @Test
    void the_list_of_this_test_is_complete() {
        assertThat(ALL.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(Failure.class.getPermittedSubclasses());
    }

    @Test
    void every_code_is_documented_and_every_documented_code_exists() throws IOException {
        List<Integer> documented = Files.readAllLines(Path.of("docs/exit-codes.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> Integer.parseInt(line.split("\\|")[1].strip()))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Arrays.stream(ExitCode.values()).map(ExitCode::number).toList());
    }

    @Test
    void every_error_code_is_documented_with_its_exit_code() throws IOException {
        String documentation = Files.readString(Path.of("docs/json.md"));
        for (Failure failure : ALL) {
            String row = documentation
                    .lines()
                    .filter(line -> line.startsWith("| `" + failure.kind().code() + "` |"))
                    .findFirst()
                    .orElse("missing: " + failure.kind().code());
            assertThat(row).endsWith("| " + ExitCode.of(failure).number() + " |");
        }
    }

    @Test
    void every_failure_has_advice() {
        for (Failure failure : ALL) {
            assertThat(Advice.of(failure)).as("%s", failure).isNotEmpty();
        }
    }

    @Test
    void several_outcomes_have_one_code() {
        Failure conflict = new Failure.Conflict(Message.verbatim("x"), Optional.empty(), Optional.empty());
        Failure full = new Failure.NoResources(Message.verbatim("x"), Optional.empty());

        assertThat(ExitCode.of(List.of(), 3)).isEqualTo(ExitCode.DONE);
        assertThat(ExitCode.of(List.of(conflict), 3)).isEqualTo(ExitCode.PARTLY);
        assertThat(ExitCode.of(List.of(conflict, full), 2)).isEqualTo(ExitCode.CONFLICT);
    }
}
