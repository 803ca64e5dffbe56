package dev.ajar.simulator;

import java.io.IOException;

/** The router's threads: each serves one socket and ends when that socket is closed. */
final class ServerThreads {
    /** Work on a socket. */
    @FunctionalInterface
    interface SocketWork {
        void run() throws IOException;
    }

    private ServerThreads() {}

    static Thread start(String name, SocketWork work) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The socket was closed, by us or by the other side: that is how
                // these threads end.
                return;
            }
        });
    }

    static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
