package dev.ajar.http;

import dev.ajar.model.Durations;
import dev.ajar.system.OwnFirewall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects to a router, and tries again while no answer comes. The kernel would wait a second after a lost packet
 * before its second attempt, and two more before the third. A refusal is final.
 */
final class RetryingConnector {
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private RetryingConnector() {}

    /** A connected socket whose reads end with the budget. */
    static Socket connect(InetSocketAddress target, InetSocketAddress source, ReadBudget budget) throws IOException {
        Duration wait = FIRST_WAIT;
        while (true) {
            DeadlineSocket socket = new DeadlineSocket(budget, RouterHttp.MOST_BYTES, HeadStream::new);
            try {
                socket.bind(source);
                connect(socket, target, source, wait);
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
            Duration longer = Durations.fraction(wait, 5, 4);
            wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        }
    }

    private static void connect(Socket socket, InetSocketAddress target, InetSocketAddress source, Duration wait)
            throws IOException {
        try {
            socket.connect(target, Math.toIntExact(wait.toMillis()));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw OwnFirewall.keepsIn(e, source.getAddress(), target) ? new KeptInException(e) : e;
        }
    }

    /** This machine's own firewall does not let the connection out. HttpClient hands it through. */
    static final class KeptInException extends SocketException {
        private static final long serialVersionUID = 1;

        KeptInException(IOException cause) {
            super(String.valueOf(cause.getMessage()));
            initCause(cause);
        }
    }
}
