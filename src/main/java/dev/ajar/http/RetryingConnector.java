package dev.ajar.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects to a router, and tries again while no answer comes. The kernel would wait a second after a lost packet before its
 * second attempt, and two more before the third. A refusal is final.
 */
final class RetryingConnector {
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private RetryingConnector() {}

    /** A connected socket whose reads end with the budget. */
    static Socket connect(InetSocketAddress target, InetSocketAddress source, ReadBudget budget) throws IOException {
        Duration wait = FIRST_WAIT;
        while (true) {
            DeadlineSocket socket = new DeadlineSocket(budget, RouterHttp.MOST_BYTES);
            try {
                socket.bind(source);
                socket.connect(target, Math.toIntExact(wait.toMillis()));
                return socket;
            } catch (SocketTimeoutException e) {
                socket.close();
                budget.recordLoss();
                if (budget.remaining().isZero()) {
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
