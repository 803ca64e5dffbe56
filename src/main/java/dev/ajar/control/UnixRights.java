package dev.ajar.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Owners and modes of Linux and macOS. */
final class UnixRights implements FileRights {
    private static final int ROOT = 0;
    private static final int TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;
    private static final int OTHERS = 077;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    private final Path thisProcess;

    UnixRights() {
        this(Path.of("/proc/self"));
    }

    /** @param thisProcess a path that belongs to the user of this process; need not exist */
    UnixRights(Path thisProcess) {
        this.thisProcess = thisProcess;
    }

    @Override
    public List<FileAttribute<?>> privateFile() {
        return List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public List<FileAttribute<?>> privateFolder() {
        return List.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** A new file belongs to its user. */
    @Override
    public void makeOwn(Path file) {}

    /** A new file has the mode it was made with, or a stricter one. */
    @Override
    public void makePrivate(Path file) {}

    @Override
    public boolean isOwn(Path file) throws IOException {
        return owner(file) == self();
    }

    @Override
    public boolean isTrusted(Path file) throws IOException {
        int owner = owner(file);
        int self = self();
        return owner == self || owner == ROOT || self == ROOT;
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        return (mode(file, LinkOption.NOFOLLOW_LINKS) & OTHERS) == 0;
    }

    @Override
    public boolean isOpenToAll(Path folder) throws IOException {
        int mode = mode(folder);
        return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
    }

    static boolean isSocket(Path file) throws IOException {
        return (mode(file, LinkOption.NOFOLLOW_LINKS) & TYPE) == SOCKET_TYPE;
    }

    static int owner(Path file) throws IOException {
        return number(Files.readAttributes(file, "unix:uid", LinkOption.NOFOLLOW_LINKS), "uid");
    }

    static int mode(Path file, LinkOption... options) throws IOException {
        return number(Files.readAttributes(file, "unix:mode", options), "mode");
    }

    private int self() throws IOException {
        return Files.exists(thisProcess)
                ? number(Files.readAttributes(thisProcess, "unix:uid"), "uid")
                : ownerOfNewFile();
    }

    /** Only Linux has {@code /proc}. A home folder need not belong to the user of the process, such as under sudo. */
    private static int ownerOfNewFile() throws IOException {
        Path fresh = Files.createTempFile("ajar-", ".tmp");
        try {
            return owner(fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer value ? value : -1;
    }
}
