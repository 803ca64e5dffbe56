package dev.ajar.state.file;

import dev.ajar.message.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guards against files that another user prepared: links, pipes and foreign files are not followed, read or locked. */
final class SafeFiles {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int OTHERS_MAY_WRITE = 022;
    private static final int ALL_MAY_WRITE = 02;
    private static final int GROUP_MAY_WRITE = 020;

    /** A path that belongs to the user of this process. */
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    /** What container engines and Kubernetes put into a container. */
    private static final List<Path> IN_A_CONTAINER = List.of(
            Path.of("/.dockerenv"),
            Path.of("/run/.containerenv"),
            Path.of("/var/run/secrets/kubernetes.io"),
            Path.of("/run/host/container-manager"));

    private SafeFiles() {}

    /** Why ajar must not use {@code file}; empty if it is a file of this user, or does not exist. */
    static Optional<Message> objectionTo(Path file) throws IOException {
        try {
            if (!isUnix(file)) {
                return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                .isRegularFile()
                        ? Optional.empty()
                        : Optional.of(Message.of("state.not-plain", "file", file));
            }
            Map<String, Object> attributes =
                    Files.readAttributes(file, "unix:mode,uid,nlink", LinkOption.NOFOLLOW_LINKS);
            int mode = number(attributes, "mode");
            if ((mode & TYPE) != REGULAR) {
                return Optional.of(Message.of("state.not-plain", "file", file));
            }
            if (number(attributes, "nlink") != 1) {
                return Optional.of(Message.of("state.linked", "file", file));
            }
            return objection(file, number(attributes, "uid"), (mode & OTHERS_MAY_WRITE) != 0);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Why ajar must not use {@code folder}; empty if it is a folder of this user, or does not exist. */
    static Optional<Message> objectionToFolder(Path folder) throws IOException {
        return objectionToFolder(folder, IN_A_CONTAINER.stream().anyMatch(Files::exists));
    }

    /**
     * The same, told whether this process is in a container. There a volume often belongs to the group of the process,
     * which has no other members; on a whole machine a group may have any.
     */
    static Optional<Message> objectionToFolder(Path folder, boolean container) throws IOException {
        if (!isUnix(folder) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Map<String, Object> attributes = Files.readAttributes(folder, "unix:mode,uid,gid");
        int mode = number(attributes, "mode");
        // In a sticky folder, others may still put files in ajar's place before ajar does.
        boolean byAll = (mode & ALL_MAY_WRITE) != 0;
        boolean byGroup = (mode & GROUP_MAY_WRITE) != 0 && !(container && isOwnGroup(number(attributes, "gid")));
        return objection(folder, number(attributes, "uid"), byAll || byGroup);
    }

    private static boolean isOwnGroup(int group) throws IOException {
        return Files.exists(THIS_PROCESS) && group == number(Files.readAttributes(THIS_PROCESS, "unix:gid"), "gid");
    }

    private static Optional<Message> objection(Path file, int owner, boolean open) throws IOException {
        if (open) {
            return Optional.of(Message.of("state.others-can-write", "file", file, "quoted", quoted(file)));
        }
        boolean ours =
                !Files.exists(THIS_PROCESS) || owner == number(Files.readAttributes(THIS_PROCESS, "unix:uid"), "uid");
        return ours ? Optional.empty() : Optional.of(Message.of("state.another-users", "file", file));
    }

    /** As a shell takes it. */
    private static String quoted(Path file) {
        String path = file.toAbsolutePath().toString();
        return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer value ? value : 0;
    }

    private static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, forOwner(folder, "rwx------"));
        }
    }

    /** POSIX permissions for a new file or folder; none on a system without them. */
    static FileAttribute<?>[] forOwner(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static void writeThrough(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
    }

    /** @param force whether to wait until the bytes are on the disk */
    static void write(Path file, byte[] bytes, boolean force) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (force) {
                channel.force(true);
            }
        }
    }

    /** Renames a file over another one, at once. */
    static void replace(Path from, Path to) throws IOException {
        // Where a refusal is final, nothing more is loaded.
        if (isUnix(from)) {
            rename(from, to);
        } else {
            new Replacement().move(from, to);
        }
    }

    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * A rename survives a power failure only once the folder is on the disk. Systems that cannot force a folder need
     * not.
     */
    static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
