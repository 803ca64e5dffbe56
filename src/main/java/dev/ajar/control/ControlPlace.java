package dev.ajar.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the socket is: in the runtime directory (systemd's, or XDG's), and without one beside the notes. The notes'
 * folder says which, so that whoever shares the notes finds the daemon that keeps them.
 */
public final class ControlPlace {
    private static final String SOCKET = "control.sock";
    private static final String POINTER = "daemon";
    private static final String RELAY = "relay-";
    private static final String SUFFIX = ".sock";

    /** A socket's address has no room for more (unix(7)). */
    private static final int LONGEST = 100;

    private ControlPlace() {}

    /** @param notes the folder of the state file */
    public static Path forDaemon(Map<String, String> environment, Path notes) {
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path folder = !systemd.isEmpty() ? Path.of(systemd) : !xdg.isEmpty() ? Path.of(xdg, "ajar") : notes;
        Path place = folder.resolve(SOCKET);
        return place.toString().length() <= LONGEST ? place : notes.resolve(SOCKET);
    }

    /** Leaves word of where the daemon that keeps {@code notes} listens. */
    public static void announce(Path notes, Path place) throws IOException {
        Path fresh = Files.createTempFile(notes, POINTER, ".new");
        Files.writeString(fresh, place + "\n");
        Files.move(fresh, notes.resolve(POINTER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
            if (!Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS) || Files.size(pointer) > LONGEST * 2L) {
                return notes.resolve(SOCKET);
            }
            byte[] bytes = Files.readAllBytes(pointer);
            return Path.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            return notes.resolve(SOCKET);
        }
    }

    /** Where the relay of one controller is asked how it goes. */
    public static Path forRelay(Map<String, String> environment, Path notes, long controller) {
        Path place = forDaemon(environment, notes).resolveSibling(relay(controller));
        return place.toString().length() <= LONGEST ? place : notes.resolve(relay(controller));
    }

    private static String relay(long controller) {
        return RELAY + controller + SUFFIX;
    }

    /** Where relays may be asked: beside the daemon's socket, beside the notes, and where ours would be. */
    public static List<Path> relays(Map<String, String> environment, Path notes) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(forDaemon(environment, notes).toAbsolutePath().getParent());
        folders.add(of(notes).toAbsolutePath().getParent());
        folders.add(notes.toAbsolutePath());
        List<Path> places = new ArrayList<>();
        for (Path folder : folders) {
            places.addAll(relaysIn(folder));
        }
        return places;
    }

    private static List<Path> relaysIn(Path folder) {
        List<Path> places = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RELAY + "*" + SUFFIX)) {
            found.forEach(places::add);
        } catch (IOException | DirectoryIteratorException e) {
            // No such folder, no relays.
            return places;
        }
        return places;
    }
}
