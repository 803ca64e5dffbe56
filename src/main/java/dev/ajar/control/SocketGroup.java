package dev.ajar.control;

import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.net.UnixDomainPrincipal;

/**
 * The group that may use the daemon's socket beside its own user and root: that of a service of the machine.
 *
 * @param name in the group database
 */
public record SocketGroup(String name) {
    private static final String CHOICE = "AJAR_SOCKET_GROUP";
    private static final String ROOT = "root";
    private static final Set<PosixFilePermission> FOR_GROUP = PosixFilePermissions.fromString("rw-rw----");

    /** @return empty for a socket of the user alone */
    public static Optional<SocketGroup> of(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(CHOICE, ""))
                .filter(name -> !name.isEmpty())
                .map(SocketGroup::new);
    }

    /**
     * Opens a socket for the group. No user may be able to reach it yet but its own, who is in the group.
     *
     * @throws IOException with a sentence for people
     */
    void give(Path socket) throws IOException {
        try {
            GroupPrincipal group =
                    socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            // The group first: with the mode first, the group that the socket was made with could connect for a moment.
            view(socket).setGroup(group);
        } catch (UserPrincipalNotFoundException | FileSystemException e) {
            throw new IOException(
                    Message.of("control.no-group", "group", new RouterText(name).display())
                            .toString(),
                    e);
        }
        Files.setPosixFilePermissions(socket, FOR_GROUP);
    }

    /**
     * Whether the process at the other end may ask: one of root, of the daemon's own user, or of the group.
     *
     * <p>SO_PEERCRED tells the user and the primary group that the process had when it connected, not its other groups,
     * and {@code /proc} shows no process of others to a service ({@code ProtectProc=invisible}). A member by another
     * group is therefore known by what the kernel let pass: only members can connect to a socket of this group and
     * mode. Where the socket has another mode or group by now, the kernel has proven nothing, and the primary group
     * alone counts.
     */
    boolean admits(UnixDomainPrincipal peer, Path socket) throws IOException {
        PosixFileAttributes now = view(socket).readAttributes();
        boolean byKernel =
                now.permissions().equals(FOR_GROUP) && now.group().getName().equals(name);
        return peer.user().getName().equals(ROOT)
                || peer.user().equals(now.owner())
                || peer.group().getName().equals(name)
                || byKernel;
    }

    private static PosixFileAttributeView view(Path socket) {
        return Files.getFileAttributeView(socket, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
