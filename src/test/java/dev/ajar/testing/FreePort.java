package dev.ajar.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free and stay so until a test uses them: the system gives none of them to a socket that asks for any,
 * as those of the tests in other processes do.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;

    /** Below those that Linux gives out. */
    private static final int BOUND = 32_000;

    private static final int MOST_TRIES = 100;

    private interface Use {
        void of(int port) throws IOException;
    }

    private FreePort() {}

    /** On all addresses. */
    public static int tcp() throws IOException {
        return free(port -> new ServerSocket(port).close());
    }

    /** On all addresses. */
    public static int udp() throws IOException {
        return free(port -> new DatagramSocket(port).close());
    }

    private static int free(Use use) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
            if (isFree(port, use)) {
                return port;
            }
        }
        throw new IOException("no port is free");
    }

    private static boolean isFree(int port, Use use) throws IOException {
        try {
            use.of(port);
            return true;
        } catch (SocketException e) {
            // Another program's.
            return false;
        }
    }
}
