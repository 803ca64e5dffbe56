package dev.ajar.api;

import dev.ajar.simulator.RouterScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Base of the library's tests: a home of their own, which is switched off after each. {@link JarTests} runs them too.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LibraryTests {
    static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of(".");

    private Optional<LibraryHome> started = Optional.empty();

    @AfterEach
    final void switchOff() {
        started.ifPresent(LibraryHome::close);
    }

    final Path stateFolder() {
        return folder.resolve("state");
    }

    final LibraryHome home(RouterScript script) {
        LibraryHome home = new LibraryHome(stateFolder(), script);
        started = Optional.of(home);
        return home;
    }

    final LibraryHome home() {
        return home(RouterScript.standard());
    }
}
