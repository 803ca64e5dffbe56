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
public final class SocketLocation {
    private static final String SOCKET = "control.sock";
    private static final String POINTER = "daemon";
    private static final String RELAY = "relay-";
    private static final String SUFFIX = ".sock";

    /** A socket's address has no room for more (unix(7)). */
    private static final int LONGEST = 100;

    private SocketLocation() {}

    /** @param stateFolder the folder of the state file */
    public static Path forDaemon(Map<String, String> environment, Path stateFolder) {
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path folder = !systemd.isEmpty() ? Path.of(systemd) : !xdg.isEmpty() ? Path.of(xdg, "ajar") : stateFolder;
        Path place = folder.resolve(SOCKET);
        return place.toString().length() <= LONGEST ? place : stateFolder.resolve(SOCKET);
    }

    /** Leaves word of where the daemon that keeps {@code notes} listens. */
    public static void announce(Path stateFolder, Path place) throws IOException {
        Path fresh = Files.createTempFile(stateFolder, POINTER, ".new");
        Files.writeString(fresh, place + "\n");
        Files.move(
                fresh,
                stateFolder.resolve(POINTER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public static void withdraw(Path stateFolder) {
        try {
            Files.deleteIfExists(stateFolder.resolve(POINTER));
        } catch (IOException e) {
            // A socket nobody listens on is found out by asking.
            return;
        }
    }

    /** Where the daemon of these notes listens, if there is one. */
    public static Path of(Path stateFolder) {
        try {
            Path pointer = stateFolder.resolve(POINTER);
            // What somebody else may have put there is neither followed nor waited for.
            if (!Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS) || Files.size(pointer) > LONGEST * 2L) {
                return stateFolder.resolve(SOCKET);
            }
            byte[] bytes = Files.readAllBytes(pointer);
            return Path.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            return stateFolder.resolve(SOCKET);
        }
    }

    /** Where the relay of one controller is asked how it goes. */
    public static Path forRelay(Map<String, String> environment, Path stateFolder, long controller) {
        Path place = forDaemon(environment, stateFolder).resolveSibling(relay(controller));
        return place.toString().length() <= LONGEST ? place : stateFolder.resolve(relay(controller));
    }

    private static String relay(long controller) {
        return RELAY + controller + SUFFIX;
    }

    /** Where relays may be asked: beside the daemon's socket, beside the notes, and where ours would be. */
    public static List<Path> relays(Map<String, String> environment, Path stateFolder) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(forDaemon(environment, stateFolder).toAbsolutePath().getParent());
        folders.add(of(stateFolder).toAbsolutePath().getParent());
        folders.add(stateFolder.toAbsolutePath());
        List<Path> connectionLimit = new ArrayList<>();
        for (Path folder : folders) {
            connectionLimit.addAll(relaysIn(folder));
        }
        return connectionLimit;
    }

    private static List<Path> relaysIn(Path folder) {
        List<Path> connectionLimit = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RELAY + "*" + SUFFIX)) {
            found.forEach(connectionLimit::add);
        } catch (IOException | DirectoryIteratorException e) {
            // No such folder, no relays.
            return connectionLimit;
        }
        return connectionLimit;
    }
}
