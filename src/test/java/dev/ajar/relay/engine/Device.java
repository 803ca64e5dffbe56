package dev.ajar.relay.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A device that answers on loopback: each connection is handed to the test's own code, on a thread of its own. */
final class Device implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What it does with a connection. */
    @FunctionalInterface
    interface Manners {
        void meet(Socket socket) throws IOException;
    }

    private Device(ServerSocket server) {
        this.server = server;
    }

    static Device with(Manners manners) throws IOException {
        return on(new ServerSocket(0, 4096, RelayRig.LOOPBACK), manners);
    }

    static Device at(int port, Manners manners) throws IOException {
        return on(new ServerSocket(port, 4096, RelayRig.LOOPBACK), manners);
    }

    private static Device on(ServerSocket server, Manners manners) {
        Device device = new Device(server);
        Thread.ofVirtual().start(() -> device.accept(manners));
        return device;
    }

    /** Sends back what it gets, to the end. */
    static Device echo() throws IOException {
        return with(socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        });
    }

    /** Takes everything, says nothing, and does not even end. */
    static Device silent() throws IOException {
        return silent(() -> {});
    }

    /** @param ended told when the other side has ended */
    static Device silent(Runnable ended) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        return with(socket -> {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            ended.run();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void accept(Manners manners) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setSoTimeout(20_000);
                open.add(socket);
                Thread.ofVirtual().start(() -> meet(socket, manners));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void meet(Socket socket, Manners manners) {
        try (socket) {
            manners.meet(socket);
        } catch (IOException e) {
            // The test looks at the client's side.
            return;
        } finally {
            open.remove(socket);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
