package dev.ajar.simulator;

import java.io.IOException;
import java.time.Duration;

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
                // One of the two sides closed the socket, which ends the thread.
                return;
            }
        });
    }

    /** Waits before an answer, as a slow router does. */
    static void delay(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
