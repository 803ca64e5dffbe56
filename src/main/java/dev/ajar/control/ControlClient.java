package dev.ajar.control;

import dev.ajar.json.JsonException;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Hands a command to a daemon. */
public final class ControlClient {
    /** The longest output of a command, many times over. */
    private static final int LONGEST_ANSWER = 16 << 20;

    private ControlClient() {}

    /** @return empty where no daemon listens at {@code place} */
    public static Optional<Errand.Done> ask(Path place, Errand errand) {
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(place));
            Wire.write(channel, errand.toBytes());
            return Optional.of(Errand.Done.of(Wire.readLine(channel, LONGEST_ANSWER)));
        } catch (IOException | JsonException e) {
            // Left by a daemon that was killed, or one of another version.
            return Optional.empty();
        }
    }
}
