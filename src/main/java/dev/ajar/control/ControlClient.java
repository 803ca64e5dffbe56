package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.message.Messages;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Hands a command to a daemon. */
public final class ControlClient {
    /** Many times the longest output of a command. */
    private static final int LONGEST_ANSWER = 16 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** An exit code (docs/exit-codes.md). */
    private static final int TRY_AGAIN_LATER = 75;

    private ControlClient() {}

    /** @return empty where no daemon listens at {@code place} */
    public static Optional<ControlRequest.Response> ask(Path place, ControlRequest controlRequest) {
        if (SocketLocation.isUnsafe(place)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(place));
            LineProtocol.write(channel, controlRequest.toBytes());
            if (!isAccepted(channel)) {
                return Optional.of(new ControlRequest.Response(
                        TRY_AGAIN_LATER, "", Messages.ENGLISH.text("control.no-answer") + "\n"));
            }
            return Optional.of(ControlRequest.Response.of(new LineReader(channel, LONGEST_ANSWER).next()));
        } catch (IOException | JsonException e) {
            // The socket of a daemon that was killed, or of another version.
            return Optional.empty();
        }
    }

    /**
     * Asks the daemon for its state.
     *
     * @return the document of {@code ajar watch --once --json}; empty where no daemon listens, or one that is too old
     */
    public static Optional<String> watch(Path place) {
        if (SocketLocation.isUnsafe(place)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(place));
            LineProtocol.write(
                    channel, LineProtocol.line("{\"ajar\":" + ControlServer.VERSION + ",\"request\":\"watch\"}"));
            return isAccepted(channel)
                    ? Optional.of(new String(new LineReader(channel, LONGEST_ANSWER).next(), StandardCharsets.UTF_8))
                            // Everything but an error is a document, which begins with its schema.
                            .filter(answer -> !answer.startsWith("{\"ajar\":"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A read of a Unix socket has no time-out, so another thread closes the channel after the limit. */
    private static boolean isAccepted(SocketChannel channel) {
        Thread limit = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(PATIENCE.toNanos());
            if (!Thread.currentThread().isInterrupted()) {
                LineProtocol.close(channel);
            }
        });
        try {
            // Exactly these bytes, because the answer follows them.
            ByteBuffer accepted = ByteBuffer.allocate(ControlServer.ACCEPTED.length);
            while (accepted.hasRemaining() && channel.read(accepted) >= 0) {
                // Read on.
            }
            return Arrays.equals(accepted.array(), ControlServer.ACCEPTED);
        } catch (IOException e) {
            return false;
        } finally {
            limit.interrupt();
        }
    }
}
