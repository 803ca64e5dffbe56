package dev.ajar.service.backend;

import dev.ajar.system.process.SupervisedProcess;
import dev.ajar.system.process.SystemProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user's browser, by the program of each system that opens files. */
final class Browser {
    /** A browser that is there goes on; a program that finds none ends at once. */
    private static final Duration FAILING = Duration.ofSeconds(2);

    private Browser() {}

    static boolean show(Path file, String system, Map<String, String> environment) {
        return command(file, system, environment).filter(Browser::starts).isPresent();
    }

    /** Empty where there is no screen. */
    static Optional<List<String>> command(Path file, String system, Map<String, String> environment) {
        String name = file.toString();
        if (system.startsWith("Windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", name));
        }
        if (system.startsWith("Mac")) {
            return Optional.of(List.of("open", name));
        }
        boolean screen = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return screen ? Optional.of(List.of("xdg-open", name)) : Optional.empty();
    }

    static boolean starts(List<String> command) {
        try {
            SupervisedProcess process = SupervisedProcess.apart(SystemProgram.command(command));
            process.input().close();
            return !process.await(FAILING) || process.await() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
