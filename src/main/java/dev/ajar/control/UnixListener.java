package dev.ajar.control;

import dev.ajar.message.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A Unix socket of mode 0600: only this user and root can connect. */
final class UnixListener extends Listener {
    private UnixListener(ServerSocketChannel server, Path place) {
        super(server, place);
    }

    static UnixListener start(Path place) throws IOException {
        StaleEndpoint.clear(place, UnixListener::isLeft, Message.of("control.not-own-socket"));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(place));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new UnixListener(server, place);
    }

    private static boolean isLeft(Path place) throws IOException {
        return UnixRights.isSocket(place) && new UnixRights().isOwn(place);
    }

    @Override
    boolean admits(SocketChannel client) {
        return true;
    }

    @Override
    boolean asksClients() {
        return false;
    }
}
