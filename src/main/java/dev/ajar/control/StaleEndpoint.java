package dev.ajar.control;

import dev.ajar.message.Message;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Removes the socket or token file that a killed process left where another one wants to listen. */
final class StaleEndpoint {
    private StaleEndpoint() {}

    /** Whether a file can be one that a killed process of this user left. */
    @FunctionalInterface
    interface Check {
        boolean isLeft(Path place) throws IOException;
    }

    /**
     * Removes what a killed process left there. A file of the user, or the place of another process, must not be lost.
     *
     * @param otherwise why nothing can listen there if it is anything else
     * @throws IOException with a sentence for people
     */
    static void clear(Path place, Check check, Message otherwise) throws IOException {
        if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!check.isLeft(place)) {
            throw new IOException(otherwise.toString());
        }
        if (isAnswered(place)) {
            throw new IOException(Message.of("control.in-use").toString());
        }
        Files.deleteIfExists(place);
    }

    private static boolean isAnswered(Path place) throws IOException {
        try (SocketChannel channel = Connection.open(place)) {
            TimeLimit limit = new TimeLimit(channel);
            try {
                Connection.connect(channel, place, limit);
                return true;
            } catch (IOException e) {
                // A process that hangs still has its socket; a port may have another program by now.
                return limit.hasPassed() && !SocketLocation.isTokenFile(place);
            }
        }
    }
}
