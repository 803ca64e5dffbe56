package dev.ajar.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTextTest {
    private final StringWriter out = new StringWriter();
    private final Terminal terminal =
            new Terminal(new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), false, true);

    /** An empty answer would look like a failure. */
    @Test
    void that_nothing_is_open_is_said() {
        WatchText.print(terminal, List.of(), Optional.empty(), List.of());

        assertThat(out.toString().lines()).containsExactly("Nothing is open. Open something: ajar open 25565");
    }
}
