package dev.ajar.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects to a router, again and again while nobody answers: where packets get lost, the kernel alone would wait a
 * second before the second attempt, and two more before the third. A refusal is final.
 */
final class RetryingConnector {
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private RetryingConnector() {}

    /** A connected socket whose whole life ends with the patience. */
    static Socket connect(InetSocketAddress target, InetSocketAddress source, ReadBudget patience) throws IOException {
        Duration wait = FIRST_WAIT;
        while (true) {
            DeadlineSocket socket = new DeadlineSocket(patience, RouterHttp.MOST_BYTES);
            try {
                socket.bind(source);
                socket.connect(target, Math.toIntExact(wait.toMillis()));
                return socket;
            } catch (SocketTimeoutException e) {
                socket.close();
                patience.recordLoss();
                if (patience.remaining().isZero()) {
                    throw e;
                }
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            Duration longer = wait.multipliedBy(5).dividedBy(4);
            wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        }
    }
}
