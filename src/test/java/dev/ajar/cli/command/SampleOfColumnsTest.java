package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.testing.DoctorHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A language of long words of {@link EightyColumnsTest}, for {@code mvn test}. */
class SampleOfColumnsTest {
    private static final List<String> HELP = List.of("--help", "open --help");

    @Test
    void no_line_of_a_command_is_wider_than_the_terminal() throws IOException {
        Messages russian = Messages.of(Language.RUSSIAN);
        List<String> wide = new ArrayList<>();
        try (DoctorHome home = EightyColumnsTest.home(EightyColumnsTest.HOME)) {
            EightyColumnsTest.COMMANDS.forEach(words -> EightyColumnsTest.look(wide, home, russian, words));
            HELP.forEach(words -> EightyColumnsTest.look(wide, home, russian, words));
        }

        assertThat(wide).isEmpty();
    }
}
