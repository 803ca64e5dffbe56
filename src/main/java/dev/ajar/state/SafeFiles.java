package dev.ajar.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** Files that nobody else may have prepared for us: a link, a pipe or a stranger's file is not followed, read or locked. */
final class SafeFiles {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int OTHERS_MAY_WRITE = 022;
    private static final int ANYBODY_MAY_WRITE = 02;
    private static final int STICKY = 01000;

    /** Belongs to whoever this process runs as. */
    private static final Path OURSELVES = Path.of("/proc/self");

    private SafeFiles() {}

    /** Why {@code file} is not to be touched; empty where it is ours, or not there. */
    static Optional<String> objectionTo(Path file) throws IOException {
        try {
            if (!isUnix(file)) {
                return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                .isRegularFile()
                        ? Optional.empty()
                        : Optional.of("is not a plain file");
            }
            Map<String, Object> is = Files.readAttributes(file, "unix:mode,uid,nlink", LinkOption.NOFOLLOW_LINKS);
            int mode = number(is, "mode");
            if ((mode & TYPE) != REGULAR) {
                return Optional.of("is not a plain file");
            }
            if (number(is, "nlink") != 1) {
                return Optional.of("has a second name (a hard link)");
            }
            return objection(number(is, "uid"), (mode & OTHERS_MAY_WRITE) != 0);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Why nothing is to be kept in {@code folder}; empty where it is ours, or not there. */
    static Optional<String> objectionToFolder(Path folder) throws IOException {
        if (!isUnix(folder) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Map<String, Object> is = Files.readAttributes(folder, "unix:mode,uid");
        int mode = number(is, "mode");
        boolean open = (mode & ANYBODY_MAY_WRITE) != 0 && (mode & STICKY) == 0;
        return objection(number(is, "uid"), open);
    }

    private static Optional<String> objection(int owner, boolean open) throws IOException {
        if (open) {
            return Optional.of("can be changed by others");
        }
        boolean ours = !Files.exists(OURSELVES) || owner == number(self(), "uid");
        return ours ? Optional.empty() : Optional.of("belongs to another user");
    }

    private static Map<String, Object> self() throws IOException {
        return Files.readAttributes(OURSELVES, "unix:uid");
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

    /** Permissions for a new file or folder, where the system knows such. */
    static FileAttribute<?>[] forOwner(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** A rename is only safe once the folder is on the disk. Systems that cannot do this do it by themselves. */
    static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException ignored -> ": permission denied";
            case FileSystemException f when f.getReason() != null -> ": " + f.getReason();
            default -> ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        };
    }
}
