package dev.ajar.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Connects to the daemon of this user, and to no other program. */
final class Connection {
    /** A daemon answers at once, whatever it does. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private Connection() {}

    /** A channel for {@link #connect}. */
    static SocketChannel open(Path place) throws IOException {
        return SocketLocation.isTokenFile(place)
                ? SocketChannel.open()
                : SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /** @throws IOException if the daemon does not listen there, or has not answered in time */
    static void connect(SocketChannel channel, Path place, TimeLimit limit) throws IOException {
        if (!SocketLocation.isTokenFile(place)) {
            // The queue of a process that hangs is full after some clients; the next one would wait for ever.
            limit.within(PATIENCE, () -> channel.connect(UnixDomainSocketAddress.of(place)));
            return;
        }
        TokenFile token = TokenFile.read(place, FileRights.ofThisSystem())
                .orElseThrow(() -> new IOException("the file is not a token of this user"));
        limit.within(PATIENCE, () -> introduced(channel, token));
    }

    /** Nothing but the token is sent before the daemon has proven that it wrote the file. */
    private static boolean introduced(SocketChannel channel, TokenFile token) throws IOException {
        channel.connect(new InetSocketAddress(TcpListener.loopback(), token.port()));
        LineProtocol.write(channel, LineProtocol.line(token.token()));
        // Exactly these bytes, because the answer follows them.
        ByteBuffer heard = ByteBuffer.allocate(TokenFile.DIGITS + 1);
        while (heard.hasRemaining()) {
            if (channel.read(heard) < 0) {
                throw new IOException("the connection ended");
            }
        }
        if (!TokenFile.isSame(token.proof() + "\n", heard.array())) {
            throw new IOException("another program has taken the port of the daemon");
        }
        return true;
    }
}
