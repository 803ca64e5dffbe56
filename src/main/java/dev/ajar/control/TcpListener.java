package dev.ajar.control;

import dev.ajar.message.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A port on 127.0.0.1. Every user of this machine can connect, so a client first sends the token that only this user
 * can read.
 */
final class TcpListener extends Listener {
    private final TokenFile token;

    private TcpListener(ServerSocketChannel server, Path place, TokenFile token) {
        super(server, place);
        this.token = token;
    }

    static TcpListener start(Path place) throws IOException {
        FileRights rights = FileRights.ofThisSystem();
        StaleEndpoint.clear(place, file -> isLeft(file, rights), Message.of("control.not-own-token"));
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(loopback(), 0));
            TokenFile token = TokenFile.create(server.socket().getLocalPort(), new SecureRandom());
            token.write(place, rights);
            return new TcpListener(server, place, token);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** By number: the name could lead elsewhere. */
    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** A process that was killed as it began has left an empty one. */
    private static boolean isLeft(Path place, FileRights rights) throws IOException {
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && rights.isOwn(place)
                && (Files.size(place) == 0 || TokenFile.read(place, rights).isPresent());
    }

    /** A client without the token is told nothing, not even that this is ajar. */
    @Override
    boolean admits(SocketChannel client) throws IOException {
        ByteBuffer heard = ByteBuffer.allocate(TokenFile.DIGITS + 1);
        while (heard.hasRemaining()) {
            if (client.read(heard) < 0) {
                return false;
            }
        }
        if (!TokenFile.isSame(token.token() + "\n", heard.array())) {
            return false;
        }
        LineProtocol.write(client, LineProtocol.line(token.proof()));
        return true;
    }

    @Override
    boolean asksClients() {
        return true;
    }
}
