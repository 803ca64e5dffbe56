package dev.ajar.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.function.Predicate;

/**
 * The socket of a service of the whole machine, for the members of a group. Its owner is a user that systemd makes up
 * at each start (DynamicUser), so the place is trusted instead: only root can make the folder, and only its owner what
 * is in it.
 */
public final class ServiceSocket {
    private static final Path FOLDER = Path.of("/run/ajar");
    private static final int OTHERS_WRITE = 022;
    private static final int FOR_GROUP = 060;

    private final Path folder;
    private final Predicate<Path> open;

    /**
     * @param folder {@code /run/ajar}, but in tests
     * @param open whether the kernel lets this user connect to a socket
     */
    public ServiceSocket(Path folder, Predicate<Path> open) {
        this.folder = folder;
        this.open = open;
    }

    /** The one of the package. */
    public static ServiceSocket ofThisMachine() {
        return new ServiceSocket(FOLDER, Files::isWritable);
    }

    /** What there is for this user. */
    public sealed interface Found {
        /** No service, or one for its own user alone. */
        record Nothing() implements Found {}

        /** A service that this user may ask. */
        record Usable(Path place) implements Found {}

        /** A service for the members of a group, of whom this user is none. */
        record ForGroup(String group) implements Found {}
    }

    /** Whether there is one, for whichever user. */
    boolean exists() {
        return Files.exists(place(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Looks; nothing is sent. */
    public Found look() {
        Path place = place();
        if (!isTrusted()) {
            return new Found.Nothing();
        }
        if (open.test(place)) {
            return new Found.Usable(place);
        }
        try {
            boolean isForGroup = (UnixRights.mode(place, LinkOption.NOFOLLOW_LINKS) & FOR_GROUP) == FOR_GROUP;
            return isForGroup
                    ? new Found.ForGroup(
                            Files.readAttributes(place, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                    .group()
                                    .getName())
                    : new Found.Nothing();
        } catch (IOException e) {
            return new Found.Nothing();
        }
    }

    Path place() {
        return folder.resolve("control.sock");
    }

    /**
     * Whether what is there can be the service alone: a socket, no link, of the owner of its folder, which is a folder,
     * no link, that others cannot write, in a folder of root (or this user, in tests) that others cannot write either.
     */
    boolean isTrusted() {
        Path place = place();
        if (!(FileRights.ofThisSystem() instanceof UnixRights rights)
                || Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Path above = folder.toAbsolutePath().getParent();
            return above != null
                    && isOthersOut(above)
                    && rights.isTrusted(above)
                    && isOthersOut(folder)
                    && UnixRights.isSocket(place)
                    && UnixRights.owner(place) == UnixRights.owner(folder);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it is a folder, and its owner alone can change what is in it. */
    private static boolean isOthersOut(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && (UnixRights.mode(folder, LinkOption.NOFOLLOW_LINKS) & OTHERS_WRITE) == 0;
    }
}
