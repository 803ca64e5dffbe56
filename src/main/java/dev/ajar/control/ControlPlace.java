package dev.ajar.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Where the socket is: in the runtime directory (systemd's, or XDG's), and without one beside the notes. The notes'
 * folder says which, so that whoever shares the notes finds the daemon that keeps them.
 */
public final class ControlPlace {
    private static final String SOCKET = "control.sock";
    private static final String POINTER = "daemon";

    /** A socket's address has no room for more (unix(7)). */
    private static final int LONGEST = 100;

    private ControlPlace() {}

    /** @param notes the folder of the state file */
    public static Path forDaemon(Map<String, String> environment, Path notes) {
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path folder =
                !systemd.isEmpty()
                        ? Path.of(systemd)
                        : !xdg.isEmpty() ? Path.of(xdg, "ajar") : notes;
        Path place = folder.resolve(SOCKET);
        return place.toString().length() <= LONGEST ? place : notes.resolve(SOCKET);
    }

    /** Leaves word of where the daemon that keeps {@code notes} listens. */
    public static void announce(Path notes, Path place) throws IOException {
        Path fresh = Files.createTempFile(notes, POINTER, ".new");
        Files.writeString(fresh, place + "\n");
        Files.move(
                fresh,
                notes.resolve(POINTER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public static void withdraw(Path notes) {
        try {
            Files.deleteIfExists(notes.resolve(POINTER));
        } catch (IOException e) {
            // A socket nobody listens on is found out by asking.
            return;
        }
    }

    /** Where the daemon of these notes listens, if there is one. */
    public static Path of(Path notes) {
        try {
            Path pointer = notes.resolve(POINTER);
            // What somebody else may have put there is neither followed nor waited for.
            if (!Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(pointer) > LONGEST * 2L) {
                return notes.resolve(SOCKET);
            }
            byte[] bytes = Files.readAllBytes(pointer);
            return Path.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            return notes.resolve(SOCKET);
        }
    }
}
