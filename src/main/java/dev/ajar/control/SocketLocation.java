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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the socket is: in the runtime directory (systemd's, or XDG's), and without one beside the state file. A file in the
 * state folder names the place, so that every process that uses the folder finds its daemon.
 */
public final class SocketLocation {
    private static final String SOCKET = "control.sock";
    private static final String POINTER = "daemon";
    private static final String RELAY = "relay-";
    private static final String SUFFIX = ".sock";

    /** The longest path that fits into the address of a socket (unix(7)). */
    private static final int LONGEST = 100;

    private static final int ROOT = 0;
    private static final int TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    /** A path that belongs to the user of this process. */
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private SocketLocation() {}

    /** @param stateFolder the folder of the state file */
    public static Path forDaemon(Map<String, String> environment, Path stateFolder) {
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path folder = !systemd.isEmpty() ? Path.of(systemd) : !xdg.isEmpty() ? Path.of(xdg, "ajar") : stateFolder;
        Path place = folder.resolve(SOCKET);
        return place.toString().length() <= LONGEST ? place : stateFolder.resolve(SOCKET);
    }

    /** Creates the folder of a socket, where it is missing, for this user alone. */
    public static void createFolder(Path place) throws IOException {
        Path folder = place.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Writes into the state folder where its daemon listens. */
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
            // A client notices that no process listens there.
            return;
        }
    }

    /** Where the daemon of this state folder listens, if there is one. */
    public static Path of(Path stateFolder) {
        try {
            Path pointer = stateFolder.resolve(POINTER);
            // Another user may have put a link or a pipe there, which must not be opened.
            if (!Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(pointer) > LONGEST * 2L
                    || isForeign(pointer)) {
                return stateFolder.resolve(SOCKET);
            }
            byte[] bytes = Files.readAllBytes(pointer);
            return Path.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            return stateFolder.resolve(SOCKET);
        }
    }

    /** The status socket of the relay that process {@code controller} started. */
    public static Path forRelay(Map<String, String> environment, Path stateFolder, long controller) {
        Path place = forDaemon(environment, stateFolder).resolveSibling(relay(controller));
        return place.toString().length() <= LONGEST ? place : stateFolder.resolve(relay(controller));
    }

    private static String relay(long controller) {
        return RELAY + controller + SUFFIX;
    }

    /** The status sockets of all relays: beside the daemon's socket, in the state folder, and where ours would be. */
    public static List<Path> relays(Map<String, String> environment, Path stateFolder) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(forDaemon(environment, stateFolder).toAbsolutePath().getParent());
        folders.add(of(stateFolder).toAbsolutePath().getParent());
        folders.add(stateFolder.toAbsolutePath());
        return folders.stream().flatMap(folder -> relaysIn(folder).stream()).toList();
    }

    private static List<Path> relaysIn(Path folder) {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RELAY + "*" + SUFFIX)) {
            found.forEach(sockets::add);
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that does not exist has no relays.
            return sockets;
        }
        return sockets;
    }

    /**
     * Whether no daemon of this user can listen there: it does not exist, is not a socket, or belongs to another user, who
     * would read what is sent to it; or all users can put another socket in its place. The daemon of root serves every user,
     * and root uses every daemon.
     */
    static boolean isUnsafe(Path place) {
        try {
            Map<String, Object> socket = attributes(place);
            Path folder = place.toAbsolutePath().getParent();
            return !isSocket(socket) || !isTrusted(number(socket, "uid")) || folder == null || isOpenToAll(folder);
        } catch (IOException e) {
            return true;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // A system without Unix file modes.
            return !Files.exists(place);
        }
    }

    /** Whether it is a socket that this user made. */
    static boolean isOwnSocket(Path place) throws IOException {
        try {
            Map<String, Object> socket = attributes(place);
            int owner = number(socket, "uid");
            return isSocket(socket) && self(owner) == owner;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        }
    }

    private static Map<String, Object> attributes(Path place) throws IOException {
        return Files.readAttributes(place, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isSocket(Map<String, Object> attributes) {
        return (number(attributes, "mode") & TYPE) == SOCKET_TYPE;
    }

    private static boolean isTrusted(int owner) throws IOException {
        int self = self(owner);
        return owner == self || owner == ROOT || self == ROOT;
    }

    /** @param otherwise where the system does not tell it */
    private static int self(int otherwise) throws IOException {
        return Files.exists(THIS_PROCESS) ? number(Files.readAttributes(THIS_PROCESS, "unix:uid"), "uid") : otherwise;
    }

    private static boolean isOpenToAll(Path folder) throws IOException {
        int mode = number(Files.readAttributes(folder, "unix:mode"), "mode");
        return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
    }

    /** Whether it may have been written by another user than this one or root. */
    private static boolean isForeign(Path file) throws IOException {
        try {
            return !isTrusted(number(attributes(file), "uid"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // A system without Unix file modes.
            return false;
        }
    }

    /** Whether a daemon of this user can listen there. */
    public static boolean isSafe(Path place) {
        return !isUnsafe(place);
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer value ? value : -1;
    }
}
