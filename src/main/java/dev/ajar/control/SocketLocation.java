package dev.ajar.control;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterText;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the socket is: in the runtime directory (systemd's, or XDG's), and without one beside the state file. A file in
 * the state folder names the place, so that every process that uses the folder finds its daemon. A system without Unix
 * sockets has a token file there instead, which leads to a TCP port of this machine ({@link TokenFile}); the name tells
 * the kind.
 */
public final class SocketLocation {
    private static final String CONTROL = "control";
    private static final String POINTER = "daemon";
    private static final String RELAY = "relay-";
    private static final String UNIX = ".sock";
    private static final String TCP = ".tcp";

    /** {@code unix} or {@code tcp}; without it, the system decides. */
    private static final String CHOICE = "AJAR_CONTROL";

    /** The longest path that fits into the address of a socket (unix(7)). */
    private static final int LONGEST = 100;

    /** More than any path has: token files may have long ones. */
    private static final int LONGEST_POINTER = 16 * 1024;

    private SocketLocation() {}

    /** @param stateFolder the folder of the state file */
    public static Path forDaemon(Map<String, String> environment, Path stateFolder) {
        return place(environment, stateFolder, CONTROL);
    }

    private static Path place(Map<String, String> environment, Path stateFolder, String name) {
        String file = name + (isByToken(environment) ? TCP : UNIX);
        Path place = folder(environment, stateFolder).resolve(file);
        boolean fits = file.endsWith(TCP) || place.toString().length() <= LONGEST;
        return fits ? place : stateFolder.resolve(file);
    }

    private static Path folder(Map<String, String> environment, Path stateFolder) {
        String systemd = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return !systemd.isEmpty() ? Path.of(systemd) : !xdg.isEmpty() ? Path.of(xdg, "ajar") : stateFolder;
    }

    /** Whether a daemon listens on TCP: on systems that have no Unix sockets, or no owners and modes for them. */
    private static boolean isByToken(Map<String, String> environment) {
        return switch (environment.getOrDefault(CHOICE, "")) {
            case "unix" -> false;
            case "tcp" -> true;
            default -> !hasUnixSockets();
        };
    }

    /** The user's choice of a kind that does not exist. */
    public static Optional<Failure> wrongChoice(Map<String, String> environment) {
        String choice = environment.getOrDefault(CHOICE, "");
        return Set.of("", "unix", "tcp").contains(choice)
                ? Optional.empty()
                : Optional.of(new Failure.BadConfiguration(
                        Message.of("control.no-such-kind", "value", new RouterText(choice).display())));
    }

    private static boolean hasUnixSockets() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.isOpen();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether it is the token file of a TCP port. */
    static boolean isTokenFile(Path place) {
        return place.toString().endsWith(TCP);
    }

    /** Creates the folder of a socket, where it is missing, for this user alone. */
    public static void createFolder(Path place) throws IOException {
        Path folder = place.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, FileRights.ofThisSystem().privateFolder().toArray(FileAttribute<?>[]::new));
        }
    }

    /** Writes into the state folder where its daemon listens. */
    public static void announce(Path stateFolder, Path place) throws IOException {
        Path fresh = Files.createTempFile(stateFolder, POINTER, ".new");
        FileRights.ofThisSystem().makeOwn(fresh);
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

    /** Whether a daemon has written there where it listens. */
    static boolean isAnnounced(Path stateFolder) {
        return Files.exists(stateFolder.resolve(POINTER));
    }

    /** A daemon that could not write where it listens does so in the state folder, by a socket or by a token file. */
    private static Path withoutPointer(Path stateFolder) {
        Path socket = stateFolder.resolve(CONTROL + UNIX);
        Path token = stateFolder.resolve(CONTROL + TCP);
        boolean byToken =
                Files.notExists(socket, LinkOption.NOFOLLOW_LINKS) && Files.exists(token, LinkOption.NOFOLLOW_LINKS);
        return byToken ? token : socket;
    }

    /** Where the daemon of this state folder listens, if there is one. */
    public static Path of(Path stateFolder) {
        try {
            Path pointer = stateFolder.resolve(POINTER);
            // Another user may have put a link or a pipe there, which must not be opened.
            if (!Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(pointer) > LONGEST_POINTER
                    || !FileRights.ofThisSystem().isTrusted(pointer)) {
                return withoutPointer(stateFolder);
            }
            byte[] bytes = Files.readAllBytes(pointer);
            return Path.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            return withoutPointer(stateFolder);
        }
    }

    /** The status socket of the relay that process {@code controller} started. */
    public static Path forRelay(Map<String, String> environment, Path stateFolder, long controller) {
        return place(environment, stateFolder, RELAY + controller);
    }

    /** The status sockets of all relays: beside the daemon's socket, in the state folder, and where ours would be. */
    public static List<Path> relays(Map<String, String> environment, Path stateFolder) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(folder(environment, stateFolder).toAbsolutePath());
        folders.add(of(stateFolder).toAbsolutePath().getParent());
        folders.add(stateFolder.toAbsolutePath());
        return folders.stream().flatMap(folder -> relaysIn(folder).stream()).toList();
    }

    private static List<Path> relaysIn(Path folder) {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RELAY + "*{" + UNIX + "," + TCP + "}")) {
            found.forEach(sockets::add);
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that does not exist has no relays.
            return sockets;
        }
        return sockets;
    }

    /**
     * Whether no daemon of this user can listen there: it does not exist, is not a socket or a private token file, or
     * belongs to another user, who would read what is sent to it; or all users can put another one in its place. The
     * daemon of root serves every user, and root uses every daemon. The service of the machine is known by its place.
     */
    static boolean isUnsafe(Path place) {
        Path folder = place.toAbsolutePath().getParent();
        return folder == null
                || Files.notExists(place, LinkOption.NOFOLLOW_LINKS)
                || (isUnsafe(place, folder) && !isOfService(place));
    }

    /** The one place whose owner may be a user of systemd's making. */
    private static boolean isOfService(Path place) {
        ServiceSocket service = ServiceSocket.ofThisMachine();
        return place.equals(service.place()) && service.isTrusted();
    }

    private static boolean isUnsafe(Path place, Path folder) {
        FileRights rights = FileRights.ofThisSystem();
        try {
            boolean kind = isTokenFile(place)
                    ? Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && rights.isPrivate(place)
                    : UnixRights.isSocket(place);
            return !kind || !rights.isTrusted(place) || rights.isOpenToAll(folder);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return true;
        }
    }

    /** Whether a daemon of this user can listen there. */
    public static boolean isSafe(Path place) {
        return !isUnsafe(place);
    }
}
