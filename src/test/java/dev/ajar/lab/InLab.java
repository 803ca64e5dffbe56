package dev.ajar.lab;

import dev.ajar.lab.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests in the lab share: without it they are skipped, and it is taken down behind them. */
abstract class InLab {
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
}
