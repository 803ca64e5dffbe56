package dev.ajar.state.file;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds the folder of the state file (XDG Base Directory Specification; systemd's StateDirectory for services). */
public final class StateFolder {
    /** Variables that name the folder itself. */
    private static final List<String> NAMES = List.of("AJAR_STATE_HOME", "STATE_DIRECTORY");

    private StateFolder() {}

    /** Whether the folder is where each user has one, and not one that the environment names. */
    public static boolean isUsual(Map<String, String> environment) {
        return NAMES.stream()
                .allMatch(name -> environment.getOrDefault(name, "").isEmpty());
    }

    /** @param environment of the process */
    public static Result<Path> locate(Map<String, String> environment) {
        try {
            for (String name : NAMES) {
                String own = environment.getOrDefault(name, "");
                if (!own.isEmpty()) {
                    return Result.ok(Path.of(own));
                }
            }
            String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
            if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
                return Result.ok(Path.of(xdg, "ajar"));
            }
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            if (!local.isEmpty()) {
                return Result.ok(Path.of(local, "ajar"));
            }
            String home = environment.getOrDefault("HOME", "");
            if (!home.isEmpty()) {
                return Result.ok(Path.of(home, ".local", "state", "ajar"));
            }
            // A task or service of Windows may know its user's folder alone.
            String profile = environment.getOrDefault("USERPROFILE", "");
            if (!profile.isEmpty()) {
                return Result.ok(Path.of(profile, "AppData", "Local", "ajar"));
            }
        } catch (InvalidPathException e) {
            return Result.err(new Failure.BadState(Message.of("state.folder-not-a-path", "path", e.getInput())));
        }
        return Result.err(new Failure.BadState(Message.of("state.no-home")));
    }
}
