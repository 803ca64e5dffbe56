package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Base of the lab tests: skips them if there is no lab, and takes the lab down after them. */
@Tag("lab")
abstract class InLab {
    /** Awaited, and not measured: what takes a second may take ten on a busy machine. */
    static final Duration SOON = Duration.ofSeconds(45);

    /** A daemon gives itself five seconds to end, and would give a router that does not answer far more. */
    static final Duration END = Duration.ofSeconds(20);

    @TempDir
    Path stateFolder = Path.of(".");

    @BeforeAll
    static void require() {
        Lab.require();
    }

    @AfterAll
    static void down() {
        Lab.script("down");
    }

    final Outcome ajar(String... arguments) {
        return Lab.ajar("lan1", stateFolder, arguments);
    }

    /**
     * The same for a command that only looks and says what it saw within its time. A machine too busy to hear the
     * router in that time is asked again, twice at most.
     */
    final Outcome saying(String expected, String... arguments) {
        Outcome outcome = ajar(arguments);
        for (int again = 0; again < 2 && !outcome.out().contains(expected); again++) {
            outcome = ajar(arguments);
        }
        assertThat(outcome.out()).as(outcome.err()).contains(expected);
        return outcome;
    }
}
