package dev.ajar.control;

import dev.ajar.message.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/** A Unix socket: of mode 0600, so that only this user and root can connect, or of mode 0660 for a group. */
final class UnixListener extends Listener {
    private final Path place;
    private final Optional<SocketGroup> group;

    private UnixListener(ServerSocketChannel server, Path place, Optional<SocketGroup> group) {
        super(server, place);
        this.place = place;
        this.group = group;
    }

    /** @param group that may connect too */
    static UnixListener start(Path place, Optional<SocketGroup> group) throws IOException {
        StaleEndpoint.clear(place, UnixListener::isLeft, Message.of("control.not-own-socket"));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (group.isPresent()) {
                bind(server, place, group.get());
            } else {
                bind(server, place);
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new UnixListener(server, place, group);
    }

    private static void bind(ServerSocketChannel server, Path place) throws IOException {
        server.bind(UnixDomainSocketAddress.of(place));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
    }

    /**
     * Others can enter the folder of a socket for a group, and a new socket has the mode that the umask leaves. So it
     * is made in a folder of this user alone, and shows only once it has its group and mode.
     */
    private static void bind(ServerSocketChannel server, Path place, SocketGroup group) throws IOException {
        Path hidden = Files.createTempDirectory(
                place.toAbsolutePath().getParent(),
                "s",
                FileRights.ofThisSystem().privateFolder().toArray(FileAttribute<?>[]::new));
        Path fresh = hidden.resolve("s");
        try {
            bind(server, fresh);
            group.give(fresh);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(hidden);
        }
    }

    private static boolean isLeft(Path place) throws IOException {
        return UnixRights.isSocket(place) && new UnixRights().isOwn(place);
    }

    @Override
    boolean admits(SocketChannel client) throws IOException {
        return group.isEmpty() || group.get().admits(client.getOption(ExtendedSocketOptions.SO_PEERCRED), place);
    }

    @Override
    boolean asksClients() {
        return group.isPresent();
    }
}
